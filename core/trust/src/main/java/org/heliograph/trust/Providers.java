package org.heliograph.trust;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which JCA provider does what: AES, SHA-2 and RSA by the JDK, whose intrinsics Bouncy Castle
 * lacks; elliptic curves and the key agreement with KDF of RFC 5753 by Bouncy Castle, which the JDK
 * lacks. Nothing is registered in the process.
 */
public final class Providers {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private Providers() {}

  /** For elliptic curves. */
  public static Provider ellipticCurves() {
    return BOUNCY_CASTLE;
  }

  /** For the signature algorithm of a key: {@code RSA} by the JDK, all others by Bouncy Castle. */
  public static Provider signatures(String keyAlgorithm) {
    return keyAlgorithm.equals("RSA") ? jdk("SunRsaSign") : BOUNCY_CASTLE;
  }

  /** For content encryption and RSA key transport. */
  public static Provider ciphers() {
    return jdk("SunJCE");
  }

  /** For message digests. */
  public static Provider digests() {
    return jdk("SUN");
  }

  private static Provider jdk(String name) {
    return Optional.ofNullable(Security.getProvider(name)).orElse(BOUNCY_CASTLE);
  }
}
