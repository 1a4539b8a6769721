package org.heliograph.trust;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures over octets: RSA with PKCS#1 1.5 padding (RFC 8017) and ECDSA (RFC 3279), each with
 * SHA-256, SHA-384 or SHA-512. What is older is neither made nor taken.
 */
public final class Signatures {
  /** Object identifier of sha256WithRSAEncryption; its parameters are NULL. */
  public static final String RSA_SHA256 = "1.2.840.113549.1.1.11";

  /** Object identifier of ecdsa-with-SHA256; it has no parameters. */
  public static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";

  private static final Map<String, String> NAMES =
      Map.of(
          RSA_SHA256,
          "SHA256withRSA",
          "1.2.840.113549.1.1.12",
          "SHA384withRSA",
          "1.2.840.113549.1.1.13",
          "SHA512withRSA",
          ECDSA_SHA256,
          "SHA256withECDSA",
          "1.2.840.10045.4.3.3",
          "SHA384withECDSA",
          "1.2.840.10045.4.3.4",
          "SHA512withECDSA");

  /** The least key that is believed. */
  private static final int RSA_BITS = 2048;

  private Signatures() {}

  /**
   * With which algorithm a key signs.
   *
   * @return an object identifier
   * @throws TrustException if it is neither a key for RSA nor for ECDSA
   */
  public static String algorithm(PrivateKey key) throws TrustException {
    return switch (key.getAlgorithm()) {
      case "RSA" -> RSA_SHA256;
      case "EC" -> ECDSA_SHA256;
      default -> throw new TrustException("no way to sign with a key for " + key.getAlgorithm());
    };
  }

  /**
   * Signs with {@link #algorithm}.
   *
   * @throws TrustException if the key cannot be used
   */
  public static byte[] sign(PrivateKey key, byte[] octets) throws TrustException {
    try {
      Signature signature =
          Signature.getInstance(
              NAMES.getOrDefault(algorithm(key), ""), Providers.signatures(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new TrustException("the key cannot be used to sign: " + e.getMessage(), e);
    }
  }

  /**
   * What is wrong with a signature; empty if nothing is.
   *
   * @param by whose key must have made it; may not be for something else (RFC 5280 4.2.1.3)
   * @param algorithm an object identifier
   */
  public static Optional<String> objection(
      X509Certificate by, String algorithm, byte[] octets, byte[] signature) {
    String name = NAMES.get(algorithm);
    PublicKey key = by.getPublicKey();
    if (name == null) {
      return Optional.of("signature algorithm " + algorithm + " is not taken");
    }
    boolean[] usage = by.getKeyUsage();
    if (usage != null && !usage[0]) {
      return Optional.of("the certificate's key is not for signing");
    }
    if (key instanceof java.security.interfaces.RSAKey rsa
        && rsa.getModulus().bitLength() < RSA_BITS) {
      return Optional.of("a key of " + rsa.getModulus().bitLength() + " bits is too short");
    }
    try {
      Signature verifier = Signature.getInstance(name, Providers.signatures(key.getAlgorithm()));
      verifier.initVerify(key);
      verifier.update(octets);
      return verifier.verify(signature)
          ? Optional.empty()
          : Optional.of("the signature is not by that key over these octets");
    } catch (GeneralSecurityException | RuntimeException e) {
      // Libraries throw many things over foreign octets.
      return Optional.of("the signature cannot be verified: " + e.getMessage());
    }
  }
}
