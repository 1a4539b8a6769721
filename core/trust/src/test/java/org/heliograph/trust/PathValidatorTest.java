package org.heliograph.trust;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Certification paths, RFC 5280 section 6. */
class PathValidatorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int CA = KeyUsage.keyCertSign | KeyUsage.cRLSign;

  private record Party(X500Name name, KeyPair keys, X509Certificate certificate) {}

  private static Party root;
  private static Party intermediate;
  private static Party leaf;

  @BeforeAll
  static void certify() throws Exception {
    root = issue("root", null, true, CA, Duration.ofDays(100));
    intermediate = issue("intermediate", root, true, CA, Duration.ofDays(50));
    leaf = issue("leaf", intermediate, false, KeyUsage.digitalSignature, Duration.ofDays(10));
  }

  private static Party issue(
      String name,
      @org.jspecify.annotations.Nullable Party by,
      boolean ca,
      int usage,
      Duration life)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name subject = new X500Name("CN=" + name + ",O=Test");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            by == null ? subject : by.name(),
            BigInteger.valueOf(name.hashCode() & 0xffff).add(BigInteger.ONE),
            Date.from(NOW.minus(Duration.ofDays(1))),
            Date.from(NOW.plus(life)),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    KeyPair signer = by == null ? keys : by.keys();
    return new Party(
        subject,
        keys,
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))));
  }

  private static PathValidator believing(Party anchor) {
    return new PathValidator(List.of(anchor.certificate()), List.of());
  }

  @Test
  void findsThePathOverWhatCameAlong() {
    assertThatCode(
            () ->
                believing(root)
                    .validate(leaf.certificate(), List.of(intermediate.certificate()), NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void findsThePathOverWhatIsKnown() {
    PathValidator validator =
        new PathValidator(List.of(root.certificate()), List.of(intermediate.certificate()));
    assertThatCode(() -> validator.validate(leaf.certificate(), List.of(), NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAMissingLink() {
    assertThatThrownBy(() -> believing(root).validate(leaf.certificate(), List.of(), NOW))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("leaf");
  }

  @Test
  void refusesAnotherRoot() throws Exception {
    Party other = issue("root", null, true, CA, Duration.ofDays(100));
    assertThatThrownBy(
            () ->
                believing(other)
                    .validate(leaf.certificate(), List.of(intermediate.certificate()), NOW))
        .isInstanceOf(TrustException.class);
  }

  @Test
  void judgesByTheTimeItIsGiven() {
    List<X509Certificate> along = List.of(intermediate.certificate());
    for (Duration off : List.of(Duration.ofDays(-2), Duration.ofDays(11), Duration.ofDays(60))) {
      assertThatThrownBy(() -> believing(root).validate(leaf.certificate(), along, NOW.plus(off)))
          .as("%s from now", off)
          .isInstanceOf(TrustException.class);
    }
  }

  /** Basic constraints: who is not a CA certifies nobody. */
  @Test
  void refusesACertificateByOneWhoIsNoCa() throws Exception {
    Party noCa = issue("no-ca", root, false, KeyUsage.digitalSignature, Duration.ofDays(50));
    Party forged = issue("forged", noCa, false, KeyUsage.digitalSignature, Duration.ofDays(10));
    assertThatThrownBy(
            () -> believing(root).validate(forged.certificate(), List.of(noCa.certificate()), NOW))
        .isInstanceOf(TrustException.class);
  }

  /** Key usage: a CA whose key is not for certificates certifies nobody. */
  @Test
  void refusesAnIssuerWithoutKeyCertSign() throws Exception {
    Party odd = issue("odd", root, true, KeyUsage.digitalSignature, Duration.ofDays(50));
    Party under = issue("under", odd, false, KeyUsage.digitalSignature, Duration.ofDays(10));
    assertThatThrownBy(
            () -> believing(root).validate(under.certificate(), List.of(odd.certificate()), NOW))
        .isInstanceOf(TrustException.class);
  }

  @Test
  void believesNobodyWithoutAnAnchor() {
    assertThatThrownBy(
            () ->
                new PathValidator(List.of(), List.of())
                    .validate(leaf.certificate(), List.of(), NOW))
        .hasMessageContaining("no trust anchor");
  }

  @Test
  void limitsWhatCameAlong() {
    List<X509Certificate> many = java.util.Collections.nCopies(65, intermediate.certificate());
    assertThatThrownBy(() -> believing(root).validate(leaf.certificate(), many, NOW))
        .hasMessageContaining("at most 64");
  }
}
