package org.heliograph.protection;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.ORAddress;
import org.heliograph.model.Address;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.x400.OrNames;

/**
 * Whom a certificate speaks for: the x400Address, rfc822Name and dNSName of its subjectAltName (RFC
 * 5280 4.2.1.6, RFC 3854 4.3). An x400Address without the parts that name a person, and a dNSName,
 * serve every address under them: that is a gateway's certificate.
 */
record Names(List<OrAddress> orAddresses, List<String> mailboxes, List<String> domains) {
  /** Ranks above any length of a domain or number of attributes. */
  private static final int EXACT = 1_000_000;

  /** Attributes that name domains and organizations; all others name a user. */
  private static final Set<OrAttribute.Type> DOMAIN =
      EnumSet.of(
          OrAttribute.Type.COUNTRY,
          OrAttribute.Type.ADMD,
          OrAttribute.Type.PRMD,
          OrAttribute.Type.ORGANIZATION,
          OrAttribute.Type.OU1,
          OrAttribute.Type.OU2,
          OrAttribute.Type.OU3,
          OrAttribute.Type.OU4);

  Names {
    orAddresses = List.copyOf(orAddresses);
    mailboxes = List.copyOf(mailboxes);
    domains = List.copyOf(domains);
  }

  /**
   * Reads them.
   *
   * @throws ProtectionException if the subjectAltName cannot be read
   */
  static Names of(X509Certificate certificate) throws ProtectionException {
    List<OrAddress> orAddresses = new ArrayList<>();
    List<String> mailboxes = new ArrayList<>();
    List<String> domains = new ArrayList<>();
    try {
      GeneralNames names =
          GeneralNames.fromExtensions(
              new JcaX509CertificateHolder(certificate).getExtensions(),
              Extension.subjectAlternativeName);
      if (names != null) {
        for (GeneralName name : names.getNames()) {
          switch (name.getTagNo()) {
            case GeneralName.x400Address -> {
              byte[] octets = name.getName().toASN1Primitive().getEncoded(ASN1Encoding.DER);
              orAddresses.add(OrNames.read(ORAddress.CODEC.decode(Octets.of(octets))));
            }
            case GeneralName.rfc822Name ->
                mailboxes.add(name.getName().toString().toLowerCase(Locale.ROOT));
            case GeneralName.dNSName ->
                domains.add(name.getName().toString().toLowerCase(Locale.ROOT));
            default -> {
              // Names of other worlds say nothing about a mailbox or an O/R address.
            }
          }
        }
      }
    } catch (CertificateEncodingException
        | IOException
        | DecodeException
        | IllegalArgumentException e) {
      throw new ProtectionException("the certificate's subjectAltName cannot be read", e);
    }
    return new Names(orAddresses, mailboxes, domains);
  }

  /** How closely the certificate's names fit an address; empty: not at all. Larger is closer. */
  OptionalInt fit(Address address) {
    return switch (address) {
      case Mailbox mailbox -> fit(mailbox);
      case OrAddress orAddress -> fit(orAddress);
    };
  }

  private OptionalInt fit(Mailbox mailbox) {
    if (mailboxes.contains(mailbox.text().toLowerCase(Locale.ROOT))) {
      return OptionalInt.of(EXACT);
    }
    return domains.stream()
        .filter(d -> mailbox.domain().equals(d) || mailbox.domain().endsWith("." + d))
        .mapToInt(String::length)
        .max();
  }

  private OptionalInt fit(OrAddress address) {
    return orAddresses.stream()
        .filter(prefix -> covers(prefix, address))
        .mapToInt(prefix -> prefix.attributes().size())
        .max();
  }

  /**
   * X.402 18.4, and stricter: whatever form of an attribute the address has, the certificate must
   * name it, so that no other form can say something else.
   */
  private static boolean covers(OrAddress prefix, OrAddress address) {
    boolean user = prefix.attributes().stream().anyMatch(a -> !DOMAIN.contains(a.type()));
    boolean named =
        address.attributes().stream()
            .filter(a -> user || prefix.attributes().stream().anyMatch(p -> p.type() == a.type()))
            .allMatch(a -> prefix.attributes().stream().anyMatch(a::sameAs));
    return named
        && (user
            ? prefix.sameAs(address)
            : !prefix.attributes().isEmpty() && prefix.covers(address));
  }
}
