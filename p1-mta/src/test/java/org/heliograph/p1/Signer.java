package org.heliograph.p1;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BerWriter;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tag;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.directory.Certificates;
import org.heliograph.asn1.x411.ORAddress;
import org.heliograph.model.OrAddress;
import org.heliograph.x400.OrNames;

/** An authority of the tests' own, and an originator with a key. */
final class Signer {
  static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(ObjectIdentifier.of("1.2.840.10045.4.3.2"), null);

  final X509Certificate anchor;
  private final X509Certificate certificate;
  private final KeyPair key;

  Signer(OrAddress originator) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair authority = generator.generateKeyPair();
    key = generator.generateKeyPair();
    anchor = certificate("CN=Authority", authority, authority, Optional.empty());
    certificate = certificate("CN=Originator", key, authority, Optional.of(originator));
  }

  private static X509Certificate certificate(
      String subject, KeyPair of, KeyPair by, Optional<OrAddress> address) throws Exception {
    Instant now = Samples.NOW;
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=Authority"),
            BigInteger.valueOf(of.hashCode()).abs(),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name(subject),
            of.getPublic());
    if (address.isPresent()) {
      Octets name =
          ORAddress.CODEC.implicit(Tag.context(3)).encodeDer(OrNames.address(address.get()));
      // The body of the implicitly tagged SEQUENCE, as BouncyCastle wants it.
      byte[] sequence = name.toByteArray();
      sequence[0] = 0x30;
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName(GeneralName.x400Address, ASN1Primitive.fromByteArray(sequence))));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    } else {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  /** The value of originator-certificate. */
  Octets originatorCertificate() throws Exception {
    return Certificates.CODEC.encode(
        new Certificates(new Any(Octets.of(certificate.getEncoded())), null));
  }

  /** The value of a check: SIGNATURE of a SEQUENCE of these DER elements. */
  org.heliograph.asn1.directory.Signature sign(Octets... elements) throws Exception {
    BerWriter out = new BerWriter(true);
    out.header(Tag.SEQUENCE, true, List.of(elements).stream().mapToLong(Octets::length).sum());
    List<Octets> whole = new java.util.ArrayList<>(List.of(elements));
    whole.addFirst(out.finish());
    return signed(Octets.join(whole));
  }

  org.heliograph.asn1.directory.Signature signed(Octets element) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(element.toByteArray());
    return new org.heliograph.asn1.directory.Signature(
        ECDSA, new BitString(Octets.of(signature.sign()), 0));
  }
}
