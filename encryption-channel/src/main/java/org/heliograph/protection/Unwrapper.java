package org.heliograph.protection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Store;
import org.heliograph.asn1.DecodeException;
import org.heliograph.model.Bytes;
import org.heliograph.model.Label;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.Providers;
import org.heliograph.trust.TrustException;
import org.heliograph.x400.Labels;

/**
 * Takes the three layers off in one pass. What comes out must stay hidden until {@link #unwrap} has
 * returned and its facts were judged: signatures can be checked only behind the content.
 *
 * <p>The one place where Bouncy Castle meets foreign octets. Whatever it throws leaves here as a
 * {@link ProtectionException}.
 */
final class Unwrapper {
  private static final int CHUNK = 16 * 1024;

  /** SHA-256, SHA-384, SHA-512 (RFC 5754). Signatures over weaker digests do not hold. */
  private static final Set<String> DIGESTS =
      Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");

  /** AES in CBC mode with 128, 192 and 256 bits (RFC 3565), DES-EDE3 (RFC 3370 5.1). */
  private static final Set<String> CIPHERS =
      Set.of(
          "2.16.840.1.101.3.4.1.2",
          "2.16.840.1.101.3.4.1.22",
          "2.16.840.1.101.3.4.1.42",
          "1.2.840.113549.3.7");

  private static final String TOO_MANY = "more than one signer in one layer";

  /**
   * What was inside.
   *
   * @param contentType of the innermost layer
   * @param octets of the content
   * @param encryption content encryption algorithm by name
   * @param recipients RecipientInfos in the envelope
   * @param opener our key that opened it
   */
  record Unwrapped(
      ASN1ObjectIdentifier contentType,
      long octets,
      Verified outer,
      Verified inner,
      String encryption,
      int recipients,
      Identity opener) {}

  /** None of our keys is among the recipients. */
  static final class NotForUs extends Exception {
    private static final long serialVersionUID = 1;

    NotForUs() {
      super("none of this switch's keys is among the recipients");
    }
  }

  private final List<Identity> own;
  private final Collection<X509Certificate> known;
  private final PathValidator paths;

  Unwrapper(List<Identity> own, Collection<X509Certificate> known, PathValidator paths) {
    this.own = own;
    this.known = known;
    this.paths = paths;
  }

  /**
   * Unwraps.
   *
   * @param in a ContentInfo
   * @param out gets the innermost content
   * @param now when paths must be valid
   * @throws ProtectionException if the octets are no triple wrap, or are damaged
   * @throws NotForUs if no own key opens it
   * @throws IOException if {@code out} fails
   */
  Unwrapped unwrap(InputStream in, OutputStream out, Instant now, Runnable pause)
      throws ProtectionException, NotForUs, IOException {
    Guarded guarded = new Guarded(out);
    try {
      return open(in, guarded, now, pause);
    } catch (NotForUs | ProtectionException e) {
      throw e;
    } catch (IOException
        | CMSException
        | OperatorCreationException
        | RuntimeException
        | StackOverflowError e) {
      if (guarded.failed != null) {
        throw guarded.failed;
      }
      throw new ProtectionException("the protected octets cannot be read: " + reason(e), e);
    }
  }

  /**
   * What to say of octets that cannot be read. A library's text may quote them, decrypted ones too,
   * so only our own goes on.
   */
  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MalformedException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return "they are not well-formed CMS, or were damaged (" + e.getClass().getSimpleName() + ")";
  }

  private Unwrapped open(InputStream in, Guarded out, Instant now, Runnable pause)
      throws CMSException, IOException, OperatorCreationException, ProtectionException, NotForUs {
    Metered outerOctets = new Metered(in, pause);
    CMSSignedDataParser outer = signed(outerOctets);
    CMSTypedStream outerContent = content(outer, Oids.ENVELOPED, "outer");
    outerOctets.streaming();
    Metered envelopeOctets =
        new Metered(Bare.wrap(Oids.ENVELOPED, outerContent.getContentStream()), () -> {});
    CMSEnvelopedDataParser envelope = new CMSEnvelopedDataParser(envelopeOctets);
    if (!CIPHERS.contains(envelope.getEncryptionAlgOID())) {
      throw new ProtectionException(
          "content encryption " + envelope.getEncryptionAlgOID() + " is not accepted");
    }
    RecipientInformationStore recipients = envelope.getRecipientInfos();
    Opened opened = decrypt(recipients);
    if (!opened.content().getContentType().equals(Oids.SIGNED)) {
      throw new ProtectionException(
          "the encrypted content is " + opened.content().getContentType() + ", not a signature");
    }
    envelopeOctets.streaming();
    Metered innerOctets =
        new Metered(Bare.wrap(Oids.SIGNED, opened.content().getContentStream()), () -> {});
    CMSSignedDataParser inner = signed(innerOctets);
    CMSTypedStream innerContent = inner.getSignedContent();
    if (innerContent == null) {
      throw new ProtectionException("the inner signature is detached");
    }
    ASN1ObjectIdentifier type = innerContent.getContentType();
    innerOctets.streaming();
    long octets = copy(innerContent.getContentStream(), out);
    innerOctets.collecting();
    Verified innerFacts = verify(inner, now);
    innerOctets.finish();
    drain(opened.content().getContentStream());
    envelopeOctets.finish();
    outerContent.drain();
    outerOctets.collecting();
    Verified outerFacts = verify(outer, now);
    outerOctets.finish();
    return new Unwrapped(
        type,
        octets,
        outerFacts,
        innerFacts,
        name(envelope.getEncryptionAlgOID()),
        recipients.size(),
        opened.by());
  }

  private static CMSSignedDataParser signed(InputStream in)
      throws CMSException, OperatorCreationException {
    return new CMSSignedDataParser(
        new JcaDigestCalculatorProviderBuilder().setProvider(Providers.digests()).build(), in);
  }

  private static CMSTypedStream content(
      CMSSignedDataParser signed, ASN1ObjectIdentifier expected, String layer)
      throws ProtectionException {
    CMSTypedStream content = signed.getSignedContent();
    if (content == null) {
      throw new ProtectionException("the " + layer + " signature is detached");
    }
    if (!content.getContentType().equals(expected)) {
      throw new ProtectionException(
          "the "
              + layer
              + " signature is around "
              + content.getContentType()
              + "; expected "
              + expected);
    }
    return content;
  }

  private record Opened(CMSTypedStream content, Identity by) {}

  private Opened decrypt(RecipientInformationStore recipients)
      throws CMSException, IOException, NotForUs {
    for (Identity identity : own) {
      boolean curve = identity.certificate().getPublicKey() instanceof ECPublicKey;
      RecipientInformation mine =
          recipients.get(
              curve
                  ? new JceKeyAgreeRecipientId(identity.certificate())
                  : new JceKeyTransRecipientId(identity.certificate()));
      if (mine != null) {
        CMSTypedStream content =
            curve
                ? mine.getContentStream(
                    new JceKeyAgreeEnvelopedRecipient(identity.key())
                        .setProvider(Providers.ellipticCurves())
                        .setContentProvider(Providers.ciphers()))
                : mine.getContentStream(
                    new JceKeyTransEnvelopedRecipient(identity.key())
                        .setProvider(Providers.ciphers())
                        .setContentProvider(Providers.ciphers()));
        return new Opened(content, identity);
      }
    }
    throw new NotForUs();
  }

  private static long copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long octets = 0;
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      to.write(chunk, 0, n);
      octets += n;
    }
    return octets;
  }

  private static void drain(InputStream in) throws IOException {
    copy(in, OutputStream.nullOutputStream());
  }

  private Verified verify(CMSSignedDataParser signed, Instant now)
      throws CMSException, ProtectionException, IOException {
    List<X509Certificate> carried = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    try {
      for (X509CertificateHolder holder : certificates(signed)) {
        carried.add(converter.getCertificate(holder));
      }
    } catch (CertificateException e) {
      throw new ProtectionException("a certificate that came along cannot be read", e);
    }
    Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
    if (signers.size() != 1) {
      throw new ProtectionException(
          signers.isEmpty() ? "a signature layer without a signer" : TOO_MANY);
    }
    SignerInformation signer = signers.iterator().next();
    X509Certificate certificate = certificate(signer, carried);
    Optional<String> path = Optional.empty();
    try {
      paths.validate(certificate, carried, now);
      boolean @org.jspecify.annotations.Nullable [] usage = certificate.getKeyUsage();
      if (usage != null && !usage[0] && !usage[1]) {
        path = Optional.of("its key is not meant for signatures");
      }
    } catch (TrustException e) {
      path = Optional.of(String.valueOf(e.getMessage()));
    }
    boolean holds = DIGESTS.contains(signer.getDigestAlgOID()) && holds(signer, certificate);
    return new Verified(
        certificate,
        holds,
        path,
        label(signer),
        name(signer.getDigestAlgOID()) + " with " + certificate.getPublicKey().getAlgorithm());
  }

  @SuppressWarnings("unchecked") // the library's raw type
  private static Collection<X509CertificateHolder> certificates(CMSSignedDataParser signed)
      throws CMSException {
    return ((Store<X509CertificateHolder>) signed.getCertificates()).getMatches(null);
  }

  private X509Certificate certificate(SignerInformation signer, List<X509Certificate> carried)
      throws ProtectionException {
    List<X509Certificate> all = new ArrayList<>(carried);
    all.addAll(known);
    for (X509Certificate candidate : all) {
      try {
        if (signer.getSID().match(new X509CertificateHolder(candidate.getEncoded()))) {
          return candidate;
        }
      } catch (CertificateException | IOException e) {
        throw new ProtectionException("a certificate that came along cannot be read", e);
      }
    }
    throw new ProtectionException("the signer's certificate did not come along and is not known");
  }

  /** Signature, digest, and the certificate's hash where signingCertificateV2 names one. */
  private static boolean holds(SignerInformation signer, X509Certificate certificate) {
    try {
      if (signer.getSignedAttributes() == null) {
        return false;
      }
      return namesCertificate(signer, certificate)
          && signer.verify(
              new JcaSimpleSignerInfoVerifierBuilder()
                  .setProvider(Providers.signatures(certificate.getPublicKey().getAlgorithm()))
                  .build(certificate));
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      return false;
    }
  }

  private static boolean namesCertificate(SignerInformation signer, X509Certificate certificate) {
    Attribute attribute =
        signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    if (attribute == null) {
      return true;
    }
    var first = SigningCertificateV2.getInstance(attribute.getAttributeValues()[0]).getCerts()[0];
    try {
      String digest = new DefaultAlgorithmNameFinder().getAlgorithmName(first.getHashAlgorithm());
      byte[] hash =
          java.security.MessageDigest.getInstance(digest).digest(certificate.getEncoded());
      return Arrays.equals(hash, first.getCertHash());
    } catch (java.security.GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<Label> label(SignerInformation signer) throws ProtectionException {
    AttributeTable attributes = signer.getSignedAttributes();
    Attribute attribute = attributes == null ? null : attributes.get(Oids.SECURITY_LABEL);
    if (attribute == null) {
      return Optional.empty();
    }
    ASN1Encodable[] values = attribute.getAttributeValues();
    if (values.length != 1) {
      throw new ProtectionException("a security label attribute of " + values.length + " values");
    }
    try {
      return Optional.of(
          Labels.decodeEss(Bytes.of(values[0].toASN1Primitive().getEncoded(ASN1Encoding.DER))));
    } catch (IOException | DecodeException e) {
      throw new ProtectionException("the security label cannot be read", e);
    }
  }

  private static String name(String oid) {
    return new DefaultAlgorithmNameFinder().getAlgorithmName(new ASN1ObjectIdentifier(oid));
  }

  /** Tells a failure of our own store from one of the foreign octets. */
  private static final class Guarded extends OutputStream {
    private final OutputStream out;
    private @org.jspecify.annotations.Nullable IOException failed;

    Guarded(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      try {
        out.write(octets, offset, length);
      } catch (IOException e) {
        failed = e;
        throw e;
      }
    }
  }
}
