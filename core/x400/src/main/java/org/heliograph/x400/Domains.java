package org.heliograph.x400;

import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AdministrationDomainName;
import org.heliograph.asn1.x411.CountryName;
import org.heliograph.asn1.x411.GlobalDomainIdentifier;
import org.heliograph.asn1.x411.MTSIdentifier;
import org.heliograph.asn1.x411.PrivateDomainIdentifier;
import org.heliograph.model.Bytes;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.jspecify.annotations.Nullable;

/**
 * Global domain identifiers and MTS identifiers (X.411 12.2.1.1.1) between model, ASN.1 and text.
 *
 * <p>The model keeps no character form: a country of three digits is written numeric, domain names
 * are written printable. That is what all known switches send.
 */
public final class Domains {
  private Domains() {}

  public static GlobalDomain read(GlobalDomainIdentifier id) {
    return new GlobalDomain(
        Raw.characters((Text) id.countryName().value()),
        Raw.characters((Text) id.administrationDomainName().value()),
        Optional.ofNullable(id.privateDomainIdentifier())
            .map(p -> Raw.characters((Text) p.value())));
  }

  /**
   * The identifier of {@code domain}.
   *
   * @throws IllegalArgumentException if a name has characters beyond one octet
   */
  public static GlobalDomainIdentifier write(GlobalDomain domain) {
    return new GlobalDomainIdentifier(
        countryOf(domain.country()),
        new AdministrationDomainName.Printable(Raw.printable(domain.admd())),
        domain
            .prmd()
            .<PrivateDomainIdentifier>map(
                p -> new PrivateDomainIdentifier.Printable(Raw.printable(p)))
            .orElse(null));
  }

  public static MtsIdentifier read(MTSIdentifier id) {
    return new MtsIdentifier(
        read(id.globalDomainIdentifier()), Raw.characters(id.localIdentifier()));
  }

  /**
   * The ASN.1 of {@code id}.
   *
   * @throws IllegalArgumentException if a name has characters beyond one octet
   */
  public static MTSIdentifier write(MtsIdentifier id) {
    return new MTSIdentifier(write(id.domain()), Raw.ia5(id.local()));
  }

  /** BER octets of an MTSIdentifier. */
  public static Bytes encode(MtsIdentifier id) {
    return Raw.bytes(MTSIdentifier.CODEC.encode(write(id)));
  }

  /** Reads the BER octets of an MTSIdentifier. */
  public static MtsIdentifier decode(Bytes octets) throws DecodeException {
    return read(MTSIdentifier.CODEC.decode(Raw.octets(octets)));
  }

  /**
   * Reads the text form {@code [/PRMD=../ADMD=../C=../;local]} (RFC 2156 5.3.6), keys in any order
   * and case.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public static MtsIdentifier parseMtsIdentifier(String text) {
    String inner = text.strip();
    int semicolon = inner.indexOf(";");
    if (!inner.startsWith("[") || !inner.endsWith("]") || semicolon < 0) {
      throw new IllegalArgumentException(
          "no MTS identifier; expected [/PRMD=../ADMD=../C=../;local]");
    }
    return new MtsIdentifier(
        parseDomain(inner.substring(1, semicolon)),
        inner.substring(semicolon + 1, inner.length() - 1));
  }

  /**
   * Reads the text form {@code /PRMD=../ADMD=../C=../}.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public static GlobalDomain parseDomain(String text) {
    String country = "";
    String admd = " ";
    Optional<String> prmd = Optional.empty();
    for (String pair : text.split("/", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        if (!pair.isBlank()) {
          throw new IllegalArgumentException("'" + pair + "' is not key=value in a global domain");
        }
        continue;
      }
      String value = pair.substring(equals + 1);
      switch (pair.substring(0, equals).strip().toUpperCase(java.util.Locale.ROOT)) {
        case "C" -> country = value;
        case "ADMD", "A" -> admd = value;
        case "PRMD", "P" -> prmd = Optional.of(value);
        default ->
            throw new IllegalArgumentException(
                "'" + pair + "' in a global domain; expected C, ADMD or PRMD");
      }
    }
    if (country.isEmpty()) {
      throw new IllegalArgumentException("a global domain without country: '" + text + "'");
    }
    return new GlobalDomain(country, admd, prmd);
  }

  private static CountryName countryOf(String country) {
    return isNumeric(country)
        ? new CountryName.X121DccCode(Raw.numeric(country))
        : new CountryName.Iso3166Alpha2Code(Raw.printable(country));
  }

  /** A country of digits is an X.121 code. */
  private static boolean isNumeric(String country) {
    return country.length() == 3 && country.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static @Nullable CountryName country(@Nullable OrAttribute a) {
    if (a == null) {
      return null;
    }
    return a.form() == Form.NUMERIC
        ? new CountryName.X121DccCode(Raw.numeric(a.value()))
        : new CountryName.Iso3166Alpha2Code(Raw.printable(a.value()));
  }

  static @Nullable AdministrationDomainName admd(@Nullable OrAttribute a) {
    if (a == null) {
      return null;
    }
    return a.form() == Form.NUMERIC
        ? new AdministrationDomainName.Numeric(Raw.numeric(a.value()))
        : new AdministrationDomainName.Printable(Raw.printable(a.value()));
  }

  static @Nullable PrivateDomainIdentifier prmd(@Nullable OrAttribute a) {
    if (a == null) {
      return null;
    }
    return a.form() == Form.NUMERIC
        ? new PrivateDomainIdentifier.Numeric(Raw.numeric(a.value()))
        : new PrivateDomainIdentifier.Printable(Raw.printable(a.value()));
  }
}
