package org.heliograph.trust;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which JCA provider does what. Digests and signatures: the Amazon Corretto Crypto Provider where
 * its native library loads (Linux on x86-64), else the JDK for SHA-2 and RSA and Bouncy Castle for
 * elliptic curves. Ciphers and key transport: the JDK, whose AES uses the processor's. Key
 * agreement with the KDF of RFC 5753: Bouncy Castle, which alone has it. Nothing is registered in
 * the process.
 */
public final class Providers {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final Optional<Provider> CORRETTO = corretto();

  private Providers() {}

  /** For key agreement on elliptic curves. */
  public static Provider ellipticCurves() {
    return BOUNCY_CASTLE;
  }

  /** For signatures with a key of the algorithm {@code RSA} or {@code EC}. */
  public static Provider signatures(String keyAlgorithm) {
    return CORRETTO.orElseGet(() -> keyAlgorithm.equals("RSA") ? jdk("SunRsaSign") : BOUNCY_CASTLE);
  }

  /** For content encryption and RSA key transport. */
  public static Provider ciphers() {
    return jdk("SunJCE");
  }

  /** For message digests. */
  public static Provider digests() {
    return CORRETTO.orElseGet(() -> jdk("SUN"));
  }

  private static Provider jdk(String name) {
    return Optional.ofNullable(Security.getProvider(name)).orElse(BOUNCY_CASTLE);
  }

  /**
   * By name, because the library is for one platform and may be left out. It reports what kept it
   * from loading instead of throwing.
   */
  private static Optional<Provider> corretto() {
    try {
      Class<?> type =
          Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      return type.getMethod("getLoadingError").invoke(provider) == null
          ? Optional.of(provider)
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }
}
