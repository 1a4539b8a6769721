package org.heliograph.x400;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.CharacterEncoding;
import org.heliograph.asn1.x411.CommonName;
import org.heliograph.asn1.x411.E1634Address;
import org.heliograph.asn1.x411.ExtendedNetworkAddress;
import org.heliograph.asn1.x411.PDSName;
import org.heliograph.asn1.x411.PDSParameter;
import org.heliograph.asn1.x411.PhysicalDeliveryCountryName;
import org.heliograph.asn1.x411.PostalCode;
import org.heliograph.asn1.x411.TeletexCommonName;
import org.heliograph.asn1.x411.TeletexDomainDefinedAttribute;
import org.heliograph.asn1.x411.TeletexDomainDefinedAttributes;
import org.heliograph.asn1.x411.TeletexOrganizationName;
import org.heliograph.asn1.x411.TeletexOrganizationalUnitNames;
import org.heliograph.asn1.x411.TeletexPersonalName;
import org.heliograph.asn1.x411.TerminalType;
import org.heliograph.asn1.x411.UnformattedPostalAddress;
import org.heliograph.asn1.x411.UniversalDomainDefinedAttribute;
import org.heliograph.asn1.x411.UniversalDomainDefinedAttributes;
import org.heliograph.asn1.x411.UniversalOrBMPString;
import org.heliograph.asn1.x411.UniversalOrganizationalUnitNames;
import org.heliograph.asn1.x411.UniversalPersonalName;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.jspecify.annotations.Nullable;

/**
 * Values of extension attributes (X.411 8.5.5.1) made of what the model says; see {@link
 * OrExtensions}.
 */
final class OrExtensionValues {
  private static final List<Type> PERSON =
      List.of(Type.SURNAME, Type.GIVEN_NAME, Type.INITIALS, Type.GENERATION_QUALIFIER);

  private OrExtensionValues() {}

  /** The value of extension attribute {@code number} that says these. */
  static Any of(int number, List<OrAttribute> as) {
    OrAttribute first = as.getFirst();
    return switch (number) {
      case 1 -> any(CommonName.CODEC, Raw.printable(first.value()));
      case 2 -> any(TeletexCommonName.CODEC, teletex(first.value()));
      case 3 -> any(TeletexOrganizationName.CODEC, teletex(first.value()));
      case 4 ->
          any(
              TeletexPersonalName.CODEC,
              new TeletexPersonalName(
                  surname(teletex(as, 0)), teletex(as, 1), teletex(as, 2), teletex(as, 3)));
      case 5 ->
          any(
              TeletexOrganizationalUnitNames.CODEC,
              units(as).stream().map(a -> teletex(a.value())).toList());
      case 6 ->
          any(
              TeletexDomainDefinedAttributes.CODEC,
              as.stream()
                  .map(
                      a -> new TeletexDomainDefinedAttribute(teletex(a.name()), teletex(a.value())))
                  .toList());
      case 7 -> any(PDSName.CODEC, Raw.printable(first.value()));
      case 8 ->
          any(
              PhysicalDeliveryCountryName.CODEC,
              first.form() == Form.NUMERIC
                  ? new PhysicalDeliveryCountryName.X121DccCode(Raw.numeric(first.value()))
                  : new PhysicalDeliveryCountryName.Iso3166Alpha2Code(
                      Raw.printable(first.value())));
      case 9 ->
          any(
              PostalCode.CODEC,
              first.form() == Form.NUMERIC
                  ? new PostalCode.NumericCode(Raw.numeric(first.value()))
                  : new PostalCode.PrintableCode(Raw.printable(first.value())));
      case 16 -> unformatted(as);
      case 22 -> any(ExtendedNetworkAddress.CODEC, network(first.value()));
      case 23 -> any(TerminalType.CODEC, terminalType(first.value()));
      case 26 ->
          any(
              UniversalPersonalName.CODEC,
              new UniversalPersonalName(
                  surname(universal(as, 0)), universal(as, 1), universal(as, 2), universal(as, 3)));
      case 27 ->
          any(
              UniversalOrganizationalUnitNames.CODEC,
              units(as).stream().map(a -> universal(a.value())).toList());
      case 28 ->
          any(
              UniversalDomainDefinedAttributes.CODEC,
              as.stream()
                  .map(
                      a ->
                          new UniversalDomainDefinedAttribute(
                              universal(a.name()), universal(a.value())))
                  .toList());
      default ->
          first.form() == Form.UNIVERSAL
              ? any(UniversalOrBMPString.CODEC, universal(first.value()))
              : any(PDSParameter.CODEC, new PDSParameter(printable(as), teletex(as)));
    };
  }

  private static Any unformatted(List<OrAttribute> as) {
    Text lines = printable(as);
    return any(
        UnformattedPostalAddress.CODEC,
        new UnformattedPostalAddress(
            lines == null
                ? null
                : List.of(Raw.characters(lines).split("\n", -1)).stream()
                    .map(Raw::printable)
                    .toList(),
            teletex(as)));
  }

  private static ExtendedNetworkAddress network(String text) {
    int dot = text.indexOf('.');
    return new ExtendedNetworkAddress.E1634Address(
        new E1634Address(
            Raw.numeric(dot < 0 ? text : text.substring(0, dot)),
            dot < 0 ? null : Raw.numeric(text.substring(dot + 1))));
  }

  private static Long terminalType(String text) {
    return switch (text.toUpperCase(java.util.Locale.ROOT)) {
      case "TLX" -> TerminalType.TELEX;
      case "TTX" -> TerminalType.TELETEX;
      case "G3FAX" -> TerminalType.G3_FACSIMILE;
      case "G4FAX" -> TerminalType.G4_FACSIMILE;
      case "IA5" -> TerminalType.IA5_TERMINAL;
      case "VTX" -> TerminalType.VIDEOTEX;
      default -> Long.valueOf(text);
    };
  }

  /** Units in their order; a gap cannot be said. */
  private static List<OrAttribute> units(List<OrAttribute> as) {
    List<OrAttribute> sorted =
        as.stream().sorted(java.util.Comparator.comparing(OrAttribute::type)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).type() != OrExtensions.UNITS.get(i)) {
        throw new IllegalArgumentException(
            sorted.get(i).type().label() + " without the unit before it (X.402 18.3.10)");
      }
    }
    return sorted;
  }

  private static <T extends Object> T surname(@Nullable T surname) {
    if (surname == null) {
      throw new IllegalArgumentException("a personal name without surname (X.402 18.3.12)");
    }
    return surname;
  }

  private static @Nullable OrAttribute part(List<OrAttribute> as, int part) {
    return as.stream().filter(a -> a.type() == PERSON.get(part)).findFirst().orElse(null);
  }

  private static @Nullable Text teletex(List<OrAttribute> as, int part) {
    OrAttribute found = part(as, part);
    return found == null ? null : teletex(found.value());
  }

  private static @Nullable UniversalOrBMPString universal(List<OrAttribute> as, int part) {
    OrAttribute found = part(as, part);
    return found == null ? null : universal(found.value());
  }

  private static @Nullable Text printable(List<OrAttribute> as) {
    return as.stream()
        .filter(a -> a.form().compareTo(Form.NUMERIC) <= 0)
        .findFirst()
        .map(a -> Raw.printable(a.value()))
        .orElse(null);
  }

  private static @Nullable Text teletex(List<OrAttribute> as) {
    return as.stream()
        .filter(a -> a.form() == Form.TELETEX)
        .findFirst()
        .map(a -> teletex(a.value()))
        .orElse(null);
  }

  private static Text teletex(String value) {
    return Raw.text(Text.Kind.TELETEX, value);
  }

  /** Two octets for each character where that is enough (X.411 8.5.5.1). */
  private static UniversalOrBMPString universal(String value) {
    boolean two = value.codePoints().allMatch(Character::isBmpCodePoint);
    return new UniversalOrBMPString(
        two
            ? new CharacterEncoding.TwoOctets(
                new Text(Text.Kind.BMP, Octets.of(value.getBytes(StandardCharsets.UTF_16BE))))
            : new CharacterEncoding.FourOctets(Text.Kind.UNIVERSAL.of(value)),
        null);
  }

  private static <T extends Object> Any any(Codec<T> codec, T value) {
    return Any.of(codec, value);
  }
}
