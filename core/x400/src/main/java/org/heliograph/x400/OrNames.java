package org.heliograph.x400;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.directory.Name;
import org.heliograph.asn1.x411.BuiltInDomainDefinedAttribute;
import org.heliograph.asn1.x411.BuiltInStandardAttributes;
import org.heliograph.asn1.x411.ExtensionAttribute;
import org.heliograph.asn1.x411.ORAddress;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.PersonalName;
import org.heliograph.model.Bytes;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.jspecify.annotations.Nullable;

/**
 * O/R names and addresses between the model and X.411 8.5.5.
 *
 * <p>What is read comes out again as it came: extension attributes in their order, and those that
 * the model cannot say exactly (a universal form with a language code, a presentation address) as
 * unknown ones. The characters of a teletex form are its octets, one for one. Bounds are not
 * checked here; the codecs report them.
 */
public final class OrNames {
  private static final int MOST_ATTRIBUTES = 64;
  private static final List<Type> UNITS = List.of(Type.OU1, Type.OU2, Type.OU3, Type.OU4);

  private OrNames() {}

  /**
   * Reads an O/R name.
   *
   * @throws DecodeException if it has more than 64 attributes
   */
  public static OrAddress read(ORName name) throws DecodeException {
    return read(
        name.builtInStandardAttributes(),
        name.builtInDomainDefinedAttributes(),
        name.extensionAttributes(),
        Optional.ofNullable(name.directoryName()).map(d -> Raw.bytes(Name.CODEC.encode(d))));
  }

  /**
   * Reads an O/R address.
   *
   * @throws DecodeException if it has more than 64 attributes
   */
  public static OrAddress read(ORAddress address) throws DecodeException {
    return read(
        address.builtInStandardAttributes(),
        address.builtInDomainDefinedAttributes(),
        address.extensionAttributes(),
        Optional.empty());
  }

  /** Reads the BER octets of an ORName. */
  public static OrAddress decode(Bytes octets) throws DecodeException {
    return read(ORName.CODEC.decode(Raw.octets(octets)));
  }

  /**
   * The ORName of {@code address}.
   *
   * @throws IllegalArgumentException naming the attribute that X.411 cannot say
   */
  public static ORName name(OrAddress address) {
    return new ORName(
        builtIn(address),
        domainDefined(address),
        OrExtensions.write(address),
        address.directoryName().map(OrNames::directory).orElse(null));
  }

  /**
   * The ORAddress of {@code address}; a directory name has no place in it.
   *
   * @throws IllegalArgumentException naming the attribute that X.411 cannot say
   */
  public static ORAddress address(OrAddress address) {
    return new ORAddress(builtIn(address), domainDefined(address), OrExtensions.write(address));
  }

  /**
   * BER octets of the ORName of {@code address}.
   *
   * @throws IllegalArgumentException naming the attribute that X.411 cannot say
   */
  public static Bytes encode(OrAddress address) {
    return Raw.bytes(ORName.CODEC.encode(name(address)));
  }

  private static Name directory(Bytes octets) {
    try {
      return Name.CODEC.decode(Raw.octets(octets));
    } catch (DecodeException e) {
      throw new IllegalArgumentException("the directory name is none: " + e.getMessage(), e);
    }
  }

  private static OrAddress read(
      BuiltInStandardAttributes standard,
      @Nullable List<BuiltInDomainDefinedAttribute> domainDefined,
      @Nullable List<ExtensionAttribute> extensions,
      Optional<Bytes> directoryName)
      throws DecodeException {
    List<OrAttribute> found = new ArrayList<>();
    readStandard(standard, found);
    if (domainDefined != null) {
      for (BuiltInDomainDefinedAttribute d : domainDefined) {
        found.add(
            new OrAttribute(
                Type.DOMAIN_DEFINED,
                Form.PRINTABLE,
                Raw.characters(d.type()),
                Raw.characters(d.value())));
      }
    }
    List<OrAddress.UnknownAttribute> unknown = new ArrayList<>();
    if (extensions != null) {
      OrExtensions.read(extensions, found, unknown);
    }
    if (found.size() + unknown.size() > MOST_ATTRIBUTES) {
      throw new DecodeException(
          0,
          "an O/R address of "
              + (found.size() + unknown.size())
              + " attributes; at most "
              + MOST_ATTRIBUTES);
    }
    return new OrAddress(found, unknown, directoryName);
  }

  private static void readStandard(BuiltInStandardAttributes in, List<OrAttribute> found) {
    if (in.countryName() != null) {
      add(found, Type.COUNTRY, (Text) in.countryName().value());
    }
    if (in.administrationDomainName() != null) {
      add(found, Type.ADMD, (Text) in.administrationDomainName().value());
    }
    add(found, Type.X121_ADDRESS, in.networkAddress());
    add(found, Type.TERMINAL_IDENTIFIER, in.terminalIdentifier());
    if (in.privateDomainName() != null) {
      add(found, Type.PRMD, (Text) in.privateDomainName().value());
    }
    add(found, Type.ORGANIZATION, in.organizationName());
    add(found, Type.NUMERIC_USER_IDENTIFIER, in.numericUserIdentifier());
    PersonalName person = in.personalName();
    if (person != null) {
      add(found, Type.SURNAME, person.surname());
      add(found, Type.GIVEN_NAME, person.givenName());
      add(found, Type.INITIALS, person.initials());
      add(found, Type.GENERATION_QUALIFIER, person.generationQualifier());
    }
    List<Text> units = in.organizationalUnitNames();
    for (int i = 0; units != null && i < Math.min(UNITS.size(), units.size()); i++) {
      add(found, UNITS.get(i), units.get(i));
    }
  }

  private static void add(List<OrAttribute> found, Type type, @Nullable Text text) {
    if (text != null) {
      Form form = text.kind() == Text.Kind.NUMERIC ? Form.NUMERIC : Form.PRINTABLE;
      found.add(new OrAttribute(type, form, "", Raw.characters(text)));
    }
  }

  private static BuiltInStandardAttributes builtIn(OrAddress address) {
    return BuiltInStandardAttributes.builder()
        .countryName(Domains.country(find(address, Type.COUNTRY)))
        .administrationDomainName(Domains.admd(find(address, Type.ADMD)))
        .networkAddress(text(Text.Kind.NUMERIC, address, Type.X121_ADDRESS))
        .terminalIdentifier(text(Text.Kind.PRINTABLE, address, Type.TERMINAL_IDENTIFIER))
        .privateDomainName(Domains.prmd(find(address, Type.PRMD)))
        .organizationName(text(Text.Kind.PRINTABLE, address, Type.ORGANIZATION))
        .numericUserIdentifier(text(Text.Kind.NUMERIC, address, Type.NUMERIC_USER_IDENTIFIER))
        .personalName(person(address))
        .organizationalUnitNames(units(address))
        .build();
  }

  /** The attribute in printable or numeric form. */
  private static @Nullable OrAttribute find(OrAddress address, Type type) {
    for (OrAttribute a : address.attributes()) {
      if (a.type() == type && a.form().compareTo(Form.NUMERIC) <= 0) {
        return a;
      }
    }
    return null;
  }

  private static @Nullable Text text(Text.Kind kind, OrAddress address, Type type) {
    OrAttribute found = find(address, type);
    return found == null ? null : Raw.text(kind, found.value());
  }

  private static @Nullable PersonalName person(OrAddress address) {
    Text surname = text(Text.Kind.PRINTABLE, address, Type.SURNAME);
    Text given = text(Text.Kind.PRINTABLE, address, Type.GIVEN_NAME);
    Text initials = text(Text.Kind.PRINTABLE, address, Type.INITIALS);
    Text generation = text(Text.Kind.PRINTABLE, address, Type.GENERATION_QUALIFIER);
    if (surname == null) {
      if (given != null || initials != null || generation != null) {
        throw new IllegalArgumentException("a personal name without surname (X.402 18.3.12)");
      }
      return null;
    }
    return new PersonalName(surname, given, initials, generation);
  }

  private static @Nullable List<Text> units(OrAddress address) {
    List<Text> found = new ArrayList<>();
    for (int i = 0; i < UNITS.size(); i++) {
      Text unit = text(Text.Kind.PRINTABLE, address, UNITS.get(i));
      if (unit != null) {
        if (found.size() < i) {
          throw new IllegalArgumentException(
              "OU" + (i + 1) + " without OU" + i + " (X.402 18.3.10)");
        }
        found.add(unit);
      }
    }
    return found.isEmpty() ? null : found;
  }

  private static @Nullable List<BuiltInDomainDefinedAttribute> domainDefined(OrAddress address) {
    List<BuiltInDomainDefinedAttribute> found = new ArrayList<>();
    for (OrAttribute a : address.attributes()) {
      if (a.type() == Type.DOMAIN_DEFINED && a.form() == Form.PRINTABLE) {
        found.add(
            new BuiltInDomainDefinedAttribute(Raw.printable(a.name()), Raw.printable(a.value())));
      }
    }
    return found.isEmpty() ? null : found;
  }
}
