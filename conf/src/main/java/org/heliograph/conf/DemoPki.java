package org.heliograph.conf;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.heliograph.asn1.x411.ORAddress;
import org.heliograph.model.OrAddress;
import org.heliograph.x400.OrNames;

/**
 * A certification authority that lives as long as this object, and what it certifies. For
 * demonstrations and tests only.
 */
public final class DemoPki {
  /** Kinds of keys. */
  public enum KeyType {
    RSA_2048,
    EC_P256
  }

  /**
   * Whom a certificate is for: its subjectAltName.
   *
   * @param orAddress an O/R address, or the beginning that all addresses of a domain share
   * @param mailDomain a mail domain, all of whose mailboxes it serves
   * @param mailbox one mailbox
   */
  public record Holder(
      String commonName,
      Optional<OrAddress> orAddress,
      Optional<String> mailDomain,
      Optional<String> mailbox) {}

  /** A key with its certificate chain. */
  public record Issued(PrivateKey key, List<X509Certificate> chain) {
    public X509Certificate certificate() {
      return chain.getFirst();
    }
  }

  private static final Duration LIFE = Duration.ofDays(365);
  private static final int SERIAL_BITS = 120;
  private static final int PASSWORD_OCTETS = 18;

  private final SecureRandom random = new SecureRandom();
  private final Instant from;
  private final KeyPair rootKey;
  private final X509Certificate root;

  /** A new root, valid for a year from {@code from} on. */
  public DemoPki(Instant from) throws GeneralSecurityException {
    this.from = from;
    this.rootKey = pair(KeyType.EC_P256);
    X500Name name = new X500Name("CN=Heliograph demonstration root,O=For demonstrations only");
    try {
      JcaX509v3CertificateBuilder builder = builder(name, name, rootKey.getPublic(), LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.root = sign(builder);
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  public X509Certificate root() {
    return root;
  }

  /** A key and a certificate for signing and encrypting, valid for {@code life}. */
  public Issued issue(Holder holder, KeyType type, Duration life) throws GeneralSecurityException {
    KeyPair pair = pair(type);
    try {
      JcaX509v3CertificateBuilder builder =
          builder(
              // From the octets: the text form of a principal has the parts in reverse order.
              X500Name.getInstance(root.getSubjectX500Principal().getEncoded()),
              new X500Name("CN=" + holder.commonName() + ",O=For demonstrations only"),
              pair.getPublic(),
              life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      int encrypt = type == KeyType.RSA_2048 ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | encrypt));
      List<GeneralName> names = new ArrayList<>();
      holder.orAddress().ifPresent(address -> names.add(x400(address)));
      holder
          .mailDomain()
          .ifPresent(domain -> names.add(new GeneralName(GeneralName.dNSName, domain)));
      holder
          .mailbox()
          .ifPresent(mailbox -> names.add(new GeneralName(GeneralName.rfc822Name, mailbox)));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(pair.getPublic()));
      return new Issued(pair.getPrivate(), List.of(sign(builder), root));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static GeneralName x400(OrAddress address) {
    byte[] octets = ORAddress.CODEC.encodeDer(OrNames.address(address)).toByteArray();
    return new GeneralName(GeneralName.x400Address, ASN1Sequence.getInstance(octets));
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
        Date.from(from.minus(Duration.ofHours(1))),
        Date.from(from.plus(life)),
        subject,
        key);
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair pair(KeyType type) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(type == KeyType.RSA_2048 ? "RSA" : "EC");
    if (type == KeyType.RSA_2048) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  /** Writes the root's certificate as PEM into {@code file}. */
  public void writeAnchor(Path file) throws IOException, GeneralSecurityException {
    writePem(file, List.of(root));
  }

  /**
   * Writes {@code NAME.p12}, {@code NAME.password} (both readable by their owner only) and {@code
   * NAME.pem} with the certificate.
   */
  public void write(Path directory, String name, Issued issued)
      throws IOException, GeneralSecurityException {
    byte[] octets = new byte[PASSWORD_OCTETS];
    random.nextBytes(octets);
    String password = HexFormat.of().formatHex(octets);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        name, issued.key(), password.toCharArray(), issued.chain().toArray(Certificate[]::new));
    Path keys = secret(directory.resolve(name + ".p12"));
    try (OutputStream out = Files.newOutputStream(keys)) {
      store.store(out, password.toCharArray());
    }
    Files.writeString(secret(directory.resolve(name + ".password")), password + "\n");
    writePem(directory.resolve(name + ".pem"), List.of(issued.certificate()));
  }

  private static Path secret(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void writePem(Path file, List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(encoder.encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    Files.writeString(file, text);
  }
}
