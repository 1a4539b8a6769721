package org.heliograph.x400;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Table;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.CommonName;
import org.heliograph.asn1.x411.E1634Address;
import org.heliograph.asn1.x411.ExtendedNetworkAddress;
import org.heliograph.asn1.x411.ExtensionAttribute;
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
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAddress.UnknownAttribute;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.jspecify.annotations.Nullable;

/**
 * Extension attributes of O/R addresses (X.411 8.5.5). One that would not come out as it came is
 * carried as unknown.
 */
final class OrExtensions {
  static final List<Type> UNITS = List.of(Type.OU1, Type.OU2, Type.OU3, Type.OU4);

  /** PDS parameters from number 10 on; 16 is the unformatted address. */
  private static final List<Type> POSTAL =
      List.of(
          Type.PD_OFFICE_NAME,
          Type.PD_OFFICE_NUMBER,
          Type.PD_EXTENSION_OR_COMPONENTS,
          Type.PD_PERSONAL_NAME,
          Type.PD_ORGANIZATION,
          Type.PD_EXTENSION_DELIVERY,
          Type.UNFORMATTED_POSTAL_ADDRESS,
          Type.STREET_ADDRESS,
          Type.PO_BOX,
          Type.POSTE_RESTANTE,
          Type.UNIQUE_POSTAL_NAME,
          Type.LOCAL_POSTAL_ATTRIBUTES);

  private static final int FIRST_POSTAL = 10;
  private static final int FIRST_UNIVERSAL_POSTAL = 29;

  private OrExtensions() {}

  static void read(
      List<ExtensionAttribute> extensions,
      List<OrAttribute> found,
      List<UnknownAttribute> unknown) {
    Set<Long> seen = new HashSet<>();
    for (ExtensionAttribute e : extensions) {
      long number = e.extensionAttributeType();
      List<OrAttribute> understood =
          seen.add(number) ? understand((int) number, e.extensionAttributeValue()) : List.of();
      if (understood.isEmpty()) {
        unknown.add(
            new UnknownAttribute((int) number, Raw.bytes(e.extensionAttributeValue().octets())));
      } else {
        found.addAll(understood);
      }
    }
  }

  static @Nullable List<ExtensionAttribute> write(OrAddress address) {
    Map<Integer, List<OrAttribute>> byNumber = new LinkedHashMap<>();
    for (OrAttribute a : address.attributes()) {
      int number = number(a);
      if (number > 0) {
        byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(a);
      }
    }
    List<ExtensionAttribute> out = new ArrayList<>();
    byNumber.forEach(
        (number, as) -> out.add(new ExtensionAttribute(number, OrExtensionValues.of(number, as))));
    address.unknown().forEach(u -> out.add(new ExtensionAttribute(u.type(), Raw.any(u.value()))));
    return out.isEmpty() ? null : out;
  }

  /** The extension attribute that says it; 0 where a built-in one does. */
  private static int number(OrAttribute a) {
    int postal = POSTAL.indexOf(a.type());
    boolean plain = a.form().compareTo(Form.NUMERIC) <= 0;
    if (postal >= 0) {
      return postal + (a.form() == Form.UNIVERSAL ? FIRST_UNIVERSAL_POSTAL : FIRST_POSTAL);
    }
    int teletex =
        switch (a.type()) {
          case COMMON_NAME -> plain ? 1 : 2;
          case PDS_NAME -> plain ? 7 : -1;
          case PD_COUNTRY -> plain ? 8 : -1;
          case POSTAL_CODE -> plain ? 9 : -1;
          case EXTENDED_NETWORK_ADDRESS -> plain ? 22 : -1;
          case TERMINAL_TYPE -> plain ? 23 : -1;
          case ORGANIZATION -> plain ? 0 : 3;
          case SURNAME, GIVEN_NAME, INITIALS, GENERATION_QUALIFIER -> plain ? 0 : 4;
          case OU1, OU2, OU3, OU4 -> plain ? 0 : 5;
          case DOMAIN_DEFINED -> plain ? 0 : 6;
          default -> plain ? 0 : -1;
        };
    if (teletex < 0) {
      throw new IllegalArgumentException(
          a.type().label() + " has no " + a.form() + " form (X.402 table 1)");
    }
    return a.form() == Form.UNIVERSAL ? teletex + 22 : teletex;
  }

  private static List<OrAttribute> understand(int number, Any value) {
    try {
      List<OrAttribute> as = attributes(number, value);
      if (as.isEmpty() || !sameValue(number, value, OrExtensionValues.of(number, as))) {
        return List.of();
      }
      return as;
    } catch (DecodeException | IllegalArgumentException | ArithmeticException e) {
      // Not of its type, or nothing the model can say: it leaves as it came.
      return List.of();
    }
  }

  private static boolean sameValue(int number, Any came, Any goes) throws DecodeException {
    if (came.octets().equals(goes.octets())) {
      return true;
    }
    Table.Entry entry = X411.EXTENSION_ATTRIBUTES.find(number).orElse(null);
    return entry != null && came.as(entry.codec()).equals(goes.as(entry.codec()));
  }

  private static List<OrAttribute> attributes(int number, Any value) throws DecodeException {
    List<OrAttribute> out = new ArrayList<>();
    switch (number) {
      case 1 -> add(out, Type.COMMON_NAME, value.as(CommonName.CODEC));
      case 2 -> add(out, Type.COMMON_NAME, value.as(TeletexCommonName.CODEC));
      case 3 -> add(out, Type.ORGANIZATION, value.as(TeletexOrganizationName.CODEC));
      case 4 -> {
        TeletexPersonalName p = value.as(TeletexPersonalName.CODEC);
        add(out, Type.SURNAME, p.surname());
        add(out, Type.GIVEN_NAME, p.givenName());
        add(out, Type.INITIALS, p.initials());
        add(out, Type.GENERATION_QUALIFIER, p.generationQualifier());
      }
      case 5 -> {
        List<Text> units = value.as(TeletexOrganizationalUnitNames.CODEC);
        for (int i = 0; i < units.size() && i < UNITS.size(); i++) {
          add(out, UNITS.get(i), units.get(i));
        }
      }
      case 6 -> {
        for (TeletexDomainDefinedAttribute d : value.as(TeletexDomainDefinedAttributes.CODEC)) {
          out.add(
              new OrAttribute(
                  Type.DOMAIN_DEFINED,
                  Form.TELETEX,
                  Raw.characters(d.type()),
                  Raw.characters(d.value())));
        }
      }
      case 7 -> add(out, Type.PDS_NAME, value.as(PDSName.CODEC));
      case 8 ->
          add(out, Type.PD_COUNTRY, (Text) value.as(PhysicalDeliveryCountryName.CODEC).value());
      case 9 -> add(out, Type.POSTAL_CODE, (Text) value.as(PostalCode.CODEC).value());
      case 16 -> unformatted(out, value.as(UnformattedPostalAddress.CODEC));
      case 22 -> {
        if (value.as(ExtendedNetworkAddress.CODEC)
            instanceof ExtendedNetworkAddress.E1634Address e) {
          out.add(network(e.value()));
        }
      }
      case 23 ->
          out.add(
              new OrAttribute(
                  Type.TERMINAL_TYPE,
                  Form.PRINTABLE,
                  "",
                  Long.toString(value.as(TerminalType.CODEC))));
      case 24 -> universal(out, Type.COMMON_NAME, value.as(UniversalOrBMPString.CODEC));
      case 25 -> universal(out, Type.ORGANIZATION, value.as(UniversalOrBMPString.CODEC));
      case 26 -> {
        UniversalPersonalName p = value.as(UniversalPersonalName.CODEC);
        universal(out, Type.SURNAME, p.surname());
        universal(out, Type.GIVEN_NAME, p.givenName());
        universal(out, Type.INITIALS, p.initials());
        universal(out, Type.GENERATION_QUALIFIER, p.generationQualifier());
      }
      case 27 -> {
        List<UniversalOrBMPString> units = value.as(UniversalOrganizationalUnitNames.CODEC);
        for (int i = 0; i < units.size() && i < UNITS.size(); i++) {
          universal(out, UNITS.get(i), units.get(i));
        }
      }
      case 28 -> {
        for (UniversalDomainDefinedAttribute d : value.as(UniversalDomainDefinedAttributes.CODEC)) {
          out.add(
              new OrAttribute(
                  Type.DOMAIN_DEFINED, Form.UNIVERSAL, text(d.type()), text(d.value())));
        }
      }
      default -> {
        if (number >= FIRST_POSTAL && number < FIRST_POSTAL + POSTAL.size()) {
          PDSParameter p = value.as(PDSParameter.CODEC);
          add(out, POSTAL.get(number - FIRST_POSTAL), p.printableString());
          add(out, POSTAL.get(number - FIRST_POSTAL), p.teletexString());
        } else if (number >= FIRST_UNIVERSAL_POSTAL
            && number < FIRST_UNIVERSAL_POSTAL + POSTAL.size()) {
          universal(
              out,
              POSTAL.get(number - FIRST_UNIVERSAL_POSTAL),
              value.as(UniversalOrBMPString.CODEC));
        }
      }
    }
    return out;
  }

  private static void unformatted(List<OrAttribute> out, UnformattedPostalAddress in) {
    if (in.printableAddress() != null) {
      List<String> lines = in.printableAddress().stream().map(Raw::characters).toList();
      out.add(
          new OrAttribute(
              Type.UNFORMATTED_POSTAL_ADDRESS, Form.PRINTABLE, "", String.join("\n", lines)));
    }
    add(out, Type.UNFORMATTED_POSTAL_ADDRESS, in.teletexString());
  }

  private static OrAttribute network(E1634Address in) {
    String sub = in.subAddress() == null ? "" : "." + Raw.characters(in.subAddress());
    return new OrAttribute(
        Type.EXTENDED_NETWORK_ADDRESS, Form.NUMERIC, "", Raw.characters(in.number()) + sub);
  }

  private static void add(List<OrAttribute> out, Type type, @Nullable Text text) {
    if (text != null) {
      Form form =
          switch (text.kind()) {
            case NUMERIC -> Form.NUMERIC;
            case TELETEX -> Form.TELETEX;
            default -> Form.PRINTABLE;
          };
      out.add(new OrAttribute(type, form, "", Raw.characters(text)));
    }
  }

  private static void universal(
      List<OrAttribute> out, Type type, @Nullable UniversalOrBMPString text) {
    if (text != null) {
      out.add(new OrAttribute(type, Form.UNIVERSAL, "", text(text)));
    }
  }

  private static String text(UniversalOrBMPString universal) {
    return Raw.characters((Text) universal.characterEncoding().value());
  }
}
