package org.heliograph.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.OrAttribute.Type;

/**
 * The keywords of O/R address attributes in text: those of RFC 2156 4.1.1, those of X.402 annex F
 * (tables F.1 to F.3), and which of them stand in which order.
 */
final class OrKeywords {
  static final List<Type> UNITS = List.of(Type.OU1, Type.OU2, Type.OU3, Type.OU4);

  /** Attributes that have a printable or numeric form only (X.402 18.3, table 10). */
  private static final List<Type> PLAIN =
      List.of(
          Type.COUNTRY,
          Type.ADMD,
          Type.PRMD,
          Type.X121_ADDRESS,
          Type.TERMINAL_IDENTIFIER,
          Type.TERMINAL_TYPE,
          Type.NUMERIC_USER_IDENTIFIER,
          Type.PDS_NAME,
          Type.PD_COUNTRY,
          Type.POSTAL_CODE,
          Type.EXTENDED_NETWORK_ADDRESS);

  /** RFC 2156 4.1.3: from the least significant to the most. */
  static final List<Type> STD_OR =
      List.of(
          Type.UNFORMATTED_POSTAL_ADDRESS,
          Type.UNIQUE_POSTAL_NAME,
          Type.POSTE_RESTANTE,
          Type.PO_BOX,
          Type.STREET_ADDRESS,
          Type.LOCAL_POSTAL_ATTRIBUTES,
          Type.PD_EXTENSION_DELIVERY,
          Type.PD_EXTENSION_OR_COMPONENTS,
          Type.PD_PERSONAL_NAME,
          Type.PD_ORGANIZATION,
          Type.PD_OFFICE_NUMBER,
          Type.PD_OFFICE_NAME,
          Type.POSTAL_CODE,
          Type.PD_COUNTRY,
          Type.PDS_NAME,
          Type.EXTENDED_NETWORK_ADDRESS,
          Type.TERMINAL_TYPE,
          Type.TERMINAL_IDENTIFIER,
          Type.X121_ADDRESS,
          Type.NUMERIC_USER_IDENTIFIER,
          Type.DOMAIN_DEFINED,
          Type.COMMON_NAME,
          Type.GIVEN_NAME,
          Type.INITIALS,
          Type.SURNAME,
          Type.GENERATION_QUALIFIER,
          Type.OU4,
          Type.OU3,
          Type.OU2,
          Type.OU1,
          Type.ORGANIZATION,
          Type.PRMD,
          Type.ADMD,
          Type.COUNTRY);

  /** X.402 annex F: table F.1, and the others before it. */
  static final List<Type> ANNEX_F =
      List.of(
          Type.DOMAIN_DEFINED,
          Type.NUMERIC_USER_IDENTIFIER,
          Type.X121_ADDRESS,
          Type.EXTENDED_NETWORK_ADDRESS,
          Type.TERMINAL_IDENTIFIER,
          Type.TERMINAL_TYPE,
          Type.PD_PERSONAL_NAME,
          Type.PD_EXTENSION_OR_COMPONENTS,
          Type.PD_EXTENSION_DELIVERY,
          Type.PD_OFFICE_NUMBER,
          Type.PD_OFFICE_NAME,
          Type.PD_ORGANIZATION,
          Type.STREET_ADDRESS,
          Type.UNFORMATTED_POSTAL_ADDRESS,
          Type.UNIQUE_POSTAL_NAME,
          Type.LOCAL_POSTAL_ATTRIBUTES,
          Type.POSTE_RESTANTE,
          Type.PO_BOX,
          Type.POSTAL_CODE,
          Type.PDS_NAME,
          Type.PD_COUNTRY,
          Type.GIVEN_NAME,
          Type.INITIALS,
          Type.SURNAME,
          Type.GENERATION_QUALIFIER,
          Type.COMMON_NAME,
          Type.ORGANIZATION,
          Type.OU1,
          Type.OU2,
          Type.OU3,
          Type.OU4,
          Type.PRMD,
          Type.ADMD,
          Type.COUNTRY);

  /** Keywords of X.402 annex F where they differ from those of RFC 2156. */
  private static final Map<Type, String> SHORT =
      Map.ofEntries(
          Map.entry(Type.ADMD, "A"),
          Map.entry(Type.PRMD, "P"),
          Map.entry(Type.GENERATION_QUALIFIER, "Q"),
          Map.entry(Type.X121_ADDRESS, "X.121"),
          Map.entry(Type.EXTENDED_NETWORK_ADDRESS, "ISDN"),
          Map.entry(Type.NUMERIC_USER_IDENTIFIER, "N-ID"),
          Map.entry(Type.PD_EXTENSION_OR_COMPONENTS, "PD-EA"),
          Map.entry(Type.PD_EXTENSION_DELIVERY, "PD-ED"),
          Map.entry(Type.PD_OFFICE_NUMBER, "PD-OFN"),
          Map.entry(Type.PD_OFFICE_NAME, "PD-OF"),
          Map.entry(Type.STREET_ADDRESS, "PD-S"),
          Map.entry(Type.UNFORMATTED_POSTAL_ADDRESS, "PD-A"),
          Map.entry(Type.UNIQUE_POSTAL_NAME, "PD-U"),
          Map.entry(Type.LOCAL_POSTAL_ATTRIBUTES, "PD-L"),
          Map.entry(Type.POSTE_RESTANTE, "PD-R"),
          Map.entry(Type.PO_BOX, "PD-B"),
          Map.entry(Type.POSTAL_CODE, "PD-PC"),
          Map.entry(Type.PDS_NAME, "PD-SN"));

  private static final Map<String, Type> KEYS = new HashMap<>();

  static {
    for (Type type : Type.values()) {
      if (type != Type.DOMAIN_DEFINED) {
        KEYS.put(type.label(), type);
        KEYS.put(annexF(type), type);
      }
    }
    KEYS.put("PD-OFFICE NUMBER", Type.PD_OFFICE_NUMBER);
    KEYS.put("PD-OFFICE-NUMBER", Type.PD_OFFICE_NUMBER);
    KEYS.put("PD-SYSTEM", Type.PDS_NAME);
    KEYS.put("NET-ADDRESS", Type.EXTENDED_NETWORK_ADDRESS);
    KEYS.put("E.164", Type.EXTENDED_NETWORK_ADDRESS);
  }

  private OrKeywords() {}

  /** The attribute that {@code key} stands for, in any case; OU alone, DD and PN stand for none. */
  static Optional<Type> type(String key) {
    return Optional.ofNullable(KEYS.get(key.toUpperCase(Locale.ROOT)));
  }

  /** The keyword in std-or output. */
  static String stdOr(Type type) {
    return UNITS.contains(type) ? "OU" : type.label();
  }

  /** The keyword of X.402 annex F. */
  static String annexF(Type type) {
    return SHORT.getOrDefault(type, type.label());
  }

  /** Whether the attribute has a teletex and a universal form. */
  static boolean hasForms(Type type) {
    return !PLAIN.contains(type);
  }
}
