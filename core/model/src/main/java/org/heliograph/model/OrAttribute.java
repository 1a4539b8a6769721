package org.heliograph.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One attribute of an O/R address.
 *
 * @param type which attribute
 * @param form the form it was in
 * @param name for a domain-defined attribute its type, else empty
 * @param value the text; for physical-delivery attributes of several lines, lines separated by line
 *     feeds
 */
public record OrAttribute(Type type, Form form, String name, String value) {
  /** The character form of an attribute (X.402 18.2), in order of preference for look-ups. */
  public enum Form {
    PRINTABLE,
    NUMERIC,
    TELETEX,
    UNIVERSAL
  }

  /** Attribute types with their labels (RFC 2156 4.1.1). */
  public enum Type {
    COUNTRY("C"),
    ADMD("ADMD"),
    PRMD("PRMD"),
    ORGANIZATION("O"),
    OU1("OU1"),
    OU2("OU2"),
    OU3("OU3"),
    OU4("OU4"),
    SURNAME("S"),
    GIVEN_NAME("G"),
    INITIALS("I"),
    GENERATION_QUALIFIER("GQ"),
    COMMON_NAME("CN"),
    X121_ADDRESS("X121"),
    TERMINAL_IDENTIFIER("T-ID"),
    TERMINAL_TYPE("T-TY"),
    NUMERIC_USER_IDENTIFIER("UA-ID"),
    PDS_NAME("PD-SERVICE"),
    PD_COUNTRY("PD-C"),
    POSTAL_CODE("PD-CODE"),
    PD_OFFICE_NAME("PD-OFFICE"),
    PD_OFFICE_NUMBER("PD-OFFICE-NUM"),
    PD_ORGANIZATION("PD-O"),
    PD_PERSONAL_NAME("PD-PN"),
    PD_EXTENSION_OR_COMPONENTS("PD-EXT-ADDRESS"),
    PD_EXTENSION_DELIVERY("PD-EXT-DELIVERY"),
    STREET_ADDRESS("PD-STREET"),
    PO_BOX("PD-BOX"),
    POSTE_RESTANTE("PD-RESTANTE"),
    UNFORMATTED_POSTAL_ADDRESS("PD-ADDRESS"),
    UNIQUE_POSTAL_NAME("PD-UNIQUE"),
    LOCAL_POSTAL_ATTRIBUTES("PD-LOCAL"),
    EXTENDED_NETWORK_ADDRESS("NET-NUM"),
    DOMAIN_DEFINED("DD");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** The label in text forms. */
    public String label() {
      return label;
    }
  }

  /** The label with, for a domain-defined attribute, its type: {@code DD.RFC-822}. */
  public String label() {
    return name.isEmpty() ? type.label() : type.label() + "." + Show.safe(name, 64);
  }

  /** Whether both are the same attribute, perhaps in different forms. */
  boolean isVariantOf(OrAttribute other) {
    return type == other.type
        && (type != Type.DOMAIN_DEFINED || fold(form, name).equals(fold(other.form, other.name)));
  }

  /** Whether both are the same attribute with the same value (X.402 18.4). */
  public boolean sameAs(OrAttribute other) {
    return isVariantOf(other) && folded().equals(other.folded());
  }

  /** The value for comparison: characters whatever the form, upper case, spaces squeezed. */
  public String folded() {
    return fold(form, value);
  }

  private static String fold(Form form, String text) {
    String characters =
        form == Form.TELETEX
            ? TeletexText.decode(text.getBytes(StandardCharsets.ISO_8859_1))
            : text;
    return characters.strip().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
  }

  /** A printable attribute that is not domain-defined. */
  public static OrAttribute of(Type type, String value) {
    return new OrAttribute(type, Form.PRINTABLE, "", value);
  }

  /** A printable domain-defined attribute. */
  public static OrAttribute domainDefined(String name, String value) {
    return new OrAttribute(Type.DOMAIN_DEFINED, Form.PRINTABLE, name, value);
  }
}
