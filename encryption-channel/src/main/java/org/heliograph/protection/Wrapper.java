package org.heliograph.protection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.smime.SMIMECapabilitiesAttribute;
import org.bouncycastle.asn1.smime.SMIMECapabilityVector;
import org.bouncycastle.asn1.smime.SMIMEEncryptionKeyPreferenceAttribute;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.CMSStreamException;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.heliograph.model.Bytes;
import org.heliograph.model.Label;
import org.heliograph.trust.Identity;
import org.heliograph.trust.Providers;
import org.heliograph.x400.Labels;

/**
 * Puts the three layers on in one pass: SignedData, EnvelopedData, SignedData (RFC 3854 3.4.1).
 * SHA-256 with the signer's RSA or ECDSA key (RFC 5754), AES in CBC mode (RFC 3565), key transport
 * for RSA recipients and ephemeral-static ECDH with AES key wrap for others (RFC 5753).
 */
final class Wrapper {
  /** Content octets between two calls of {@code pause}. */
  private static final int SLICE = 256 * 1024;

  private static final int CHUNK = 16 * 1024;

  private final Identity signer;
  private final int contentKeyBits;

  Wrapper(Identity signer, int contentKeyBits) {
    this.signer = signer;
    this.contentKeyBits = contentKeyBits;
  }

  /**
   * Wraps.
   *
   * @param contentType eContentType of the innermost layer
   * @param label for both signatures
   * @param recipients whose keys can open the envelope, at least one
   * @param pause called once for each 256 KiB
   * @throws ProtectionException if a key or certificate is not fit for it
   * @throws IOException of the streams
   */
  void wrap(
      ASN1ObjectIdentifier contentType,
      InputStream content,
      Optional<Label> label,
      Collection<X509Certificate> recipients,
      Instant now,
      OutputStream out,
      Runnable pause)
      throws ProtectionException, IOException {
    try {
      OutputStream outer = signed(attributes(label, now)).open(Oids.ENVELOPED, out, true);
      OutputStream enveloped = Bare.strip(Oids.ENVELOPED, outer);
      OutputStream cipher = encrypted(recipients, enveloped);
      OutputStream bare = Bare.strip(Oids.SIGNED, cipher);
      OutputStream inner = signed(capable(attributes(label, now))).open(contentType, bare, true);
      copy(content, inner, pause);
      inner.close();
      bare.close();
      cipher.close();
      enveloped.close();
      outer.close();
    } catch (CMSException
        | CMSStreamException
        | OperatorCreationException
        | GeneralSecurityException
        | RuntimeException e) {
      throw new ProtectionException("the message cannot be wrapped: " + e.getMessage(), e);
    }
  }

  private static void copy(InputStream from, OutputStream to, Runnable pause) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int slice = 0;
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      to.write(chunk, 0, n);
      slice += n;
      if (slice >= SLICE) {
        slice = 0;
        pause.run();
      }
    }
  }

  private CMSSignedDataStreamGenerator signed(ASN1EncodableVector attributes)
      throws CMSException, OperatorCreationException, GeneralSecurityException {
    String algorithm = signer.key().getAlgorithm();
    String name = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    CMSSignedDataStreamGenerator generator = new CMSSignedDataStreamGenerator();
    generator.setBufferSize(CHUNK);
    JcaSignerInfoGeneratorBuilder builder =
        new JcaSignerInfoGeneratorBuilder(
            new JcaDigestCalculatorProviderBuilder().setProvider(Providers.digests()).build());
    builder.setSignedAttributeGenerator(
        new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)));
    generator.addSignerInfoGenerator(
        builder.build(
            new JcaContentSignerBuilder(name)
                .setProvider(Providers.signatures(algorithm))
                .build(signer.key()),
            signer.certificate()));
    generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
    return generator;
  }

  /** Beside content type and message digest, which the generator adds. */
  private ASN1EncodableVector attributes(Optional<Label> label, Instant now)
      throws GeneralSecurityException, IOException {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(now)))));
    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(signer.certificate().getEncoded());
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
    if (label.isPresent()) {
      Bytes octets = Labels.encodeEss(label.get());
      attributes.add(
          new Attribute(
              Oids.SECURITY_LABEL, new DERSet(ASN1Primitive.fromByteArray(octets.toArray()))));
    }
    return attributes;
  }

  /** What an answer may be encrypted with, and for which key (RFC 8551 2.5.2, 2.5.3). */
  private ASN1EncodableVector capable(ASN1EncodableVector attributes)
      throws GeneralSecurityException {
    SMIMECapabilityVector capabilities = new SMIMECapabilityVector();
    capabilities.addCapability(NISTObjectIdentifiers.id_aes256_CBC);
    capabilities.addCapability(NISTObjectIdentifiers.id_aes128_CBC);
    attributes.add(new SMIMECapabilitiesAttribute(capabilities));
    attributes.add(
        new SMIMEEncryptionKeyPreferenceAttribute(
            new IssuerAndSerialNumber(
                new JcaX509CertificateHolder(signer.certificate()).toASN1Structure())));
    return attributes;
  }

  private OutputStream encrypted(Collection<X509Certificate> recipients, OutputStream out)
      throws CMSException, GeneralSecurityException, IOException {
    CMSEnvelopedDataStreamGenerator generator = new CMSEnvelopedDataStreamGenerator();
    generator.setBufferSize(CHUNK);
    List<X509Certificate> curves = new ArrayList<>();
    for (X509Certificate recipient : recipients) {
      if (recipient.getPublicKey() instanceof ECPublicKey) {
        curves.add(recipient);
      } else {
        generator.addRecipientInfoGenerator(
            new JceKeyTransRecipientInfoGenerator(recipient).setProvider(Providers.ciphers()));
      }
    }
    for (X509Certificate recipient : curves) {
      generator.addRecipientInfoGenerator(agreement(recipient));
    }
    return generator.open(
        Oids.SIGNED,
        out,
        new JceCMSContentEncryptorBuilder(
                contentKeyBits == 128 ? CMSAlgorithm.AES128_CBC : CMSAlgorithm.AES256_CBC)
            .setProvider(Providers.ciphers())
            .build());
  }

  /** A new ephemeral key for each recipient, since curves may differ. */
  private JceKeyAgreeRecipientInfoGenerator agreement(X509Certificate recipient)
      throws GeneralSecurityException {
    java.security.KeyPairGenerator pairs =
        java.security.KeyPairGenerator.getInstance("EC", Providers.ellipticCurves());
    pairs.initialize(((ECPublicKey) recipient.getPublicKey()).getParams());
    java.security.KeyPair ephemeral = pairs.generateKeyPair();
    return new JceKeyAgreeRecipientInfoGenerator(
            CMSAlgorithm.ECDH_SHA256KDF,
            ephemeral.getPrivate(),
            ephemeral.getPublic(),
            contentKeyBits == 128 ? CMSAlgorithm.AES128_WRAP : CMSAlgorithm.AES256_WRAP)
        .setProvider(Providers.ellipticCurves())
        .addRecipient(recipient);
  }
}
