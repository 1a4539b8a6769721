package org.heliograph.model;

import java.util.Map;
import java.util.Optional;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/** Upper bounds (X.411 annex B) and values of the attributes of O/R addresses (X.402 18.3). */
public final class OrBounds {
  private record Bound(int most, String name) {}

  private static final Bound UNIT = new Bound(32, "ub-organizational-unit-name-length");
  private static final Bound POSTAL = new Bound(30, "ub-pds-parameter-length");
  private static final Bound LINES = new Bound(185, "ub-unformatted-address-length");
  private static final Map<Type, Bound> BOUNDS =
      Map.ofEntries(
          Map.entry(Type.COUNTRY, new Bound(3, "ub-country-name-numeric-length")),
          Map.entry(Type.ADMD, new Bound(16, "ub-domain-name-length")),
          Map.entry(Type.PRMD, new Bound(16, "ub-domain-name-length")),
          Map.entry(Type.ORGANIZATION, new Bound(64, "ub-organization-name-length")),
          Map.entry(Type.OU1, UNIT),
          Map.entry(Type.OU2, UNIT),
          Map.entry(Type.OU3, UNIT),
          Map.entry(Type.OU4, UNIT),
          Map.entry(Type.SURNAME, new Bound(40, "ub-surname-length")),
          Map.entry(Type.GIVEN_NAME, new Bound(16, "ub-given-name-length")),
          Map.entry(Type.INITIALS, new Bound(5, "ub-initials-length")),
          Map.entry(Type.GENERATION_QUALIFIER, new Bound(3, "ub-generation-qualifier-length")),
          Map.entry(Type.COMMON_NAME, new Bound(64, "ub-common-name-length")),
          Map.entry(Type.X121_ADDRESS, new Bound(15, "ub-x121-address-length")),
          Map.entry(Type.TERMINAL_IDENTIFIER, new Bound(24, "ub-terminal-id-length")),
          Map.entry(Type.TERMINAL_TYPE, new Bound(5, "ub-integer-options")),
          Map.entry(Type.NUMERIC_USER_IDENTIFIER, new Bound(32, "ub-numeric-user-id-length")),
          Map.entry(Type.PDS_NAME, new Bound(16, "ub-pds-name-length")),
          Map.entry(Type.PD_COUNTRY, new Bound(3, "ub-country-name-numeric-length")),
          Map.entry(Type.POSTAL_CODE, new Bound(16, "ub-postal-code-length")),
          Map.entry(Type.UNFORMATTED_POSTAL_ADDRESS, LINES),
          Map.entry(
              Type.EXTENDED_NETWORK_ADDRESS,
              new Bound(56, "ub-e163-4-number-length and ub-e163-4-sub-address-length")),
          Map.entry(
              Type.DOMAIN_DEFINED, new Bound(128, "ub-domain-defined-attribute-value-length")));

  private static final int DDA_TYPE = 8;
  private static final int DDA_COUNT = 4;

  private OrBounds() {}

  /** Whether every value is within its bound. */
  public static boolean kept(OrAddress address) {
    return problem(address).isEmpty();
  }

  /** Whether the value is within its bound. */
  public static boolean kept(OrAttribute a) {
    return problem(a).isEmpty();
  }

  /** The first bound that is broken, for people. */
  public static Optional<String> problem(OrAddress address) {
    for (Form form : Form.values()) {
      long domainDefined =
          address.attributes().stream()
              .filter(a -> a.type() == Type.DOMAIN_DEFINED && a.form() == form)
              .count();
      if (domainDefined > DDA_COUNT) {
        return Optional.of(
            domainDefined
                + " domain-defined attributes; at most "
                + DDA_COUNT
                + " (X.411 annex B, ub-domain-defined-attributes)");
      }
    }
    return address.attributes().stream()
        .map(OrBounds::problem)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What is wrong with the length or the alphabet of the value, for people. */
  public static Optional<String> problem(OrAttribute a) {
    if (a.value().isEmpty() && a.type() != Type.ADMD) {
      return Optional.of(a.label() + " has no value (X.402 18.3)");
    }
    if (a.name().length() > DDA_TYPE) {
      return Optional.of(
          "the type of "
              + a.label()
              + " has "
              + a.name().length()
              + " characters; at most "
              + DDA_TYPE
              + " (X.411 annex B, ub-domain-defined-attribute-type-length)");
    }
    Bound bound = BOUNDS.getOrDefault(a.type(), POSTAL);
    if (a.value().length() > bound.most()) {
      return Optional.of(
          a.label()
              + " has "
              + a.value().length()
              + " characters; at most "
              + bound.most()
              + " (X.411 annex B, "
              + bound.name()
              + ")");
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a value that has a syntax of its own (X.402 18.3), for people: a country is
   * two letters or three digits; X.121, ISDN and numeric identifiers are digits.
   */
  public static Optional<String> alphabet(OrAttribute a) {
    Optional<String> expected =
        switch (a.type()) {
          case COUNTRY, PD_COUNTRY ->
              expect(a, "[A-Za-z]{2}|[0-9]{3}", "two letters (ISO 3166) or three digits (X.121)");
          case X121_ADDRESS, NUMERIC_USER_IDENTIFIER -> expect(a, "[0-9 ]+", "digits");
          case EXTENDED_NETWORK_ADDRESS ->
              expect(
                  a,
                  "[0-9 ]{1,15}(\\.[0-9 ]{1,40})?",
                  "a number of digits, with .digits for a sub-address");
          case TERMINAL_TYPE ->
              expect(
                  a,
                  "(?i)tlx|ttx|g3fax|g4fax|ia5|vtx|[0-9]{1,3}",
                  "tlx, ttx, g3fax, g4fax, ia5, vtx or a number");
          default -> Optional.empty();
        };
    return expected.map(
        e -> a.label() + " is '" + Show.safe(a.value(), 40) + "'; expected " + e + " (X.402 18.3)");
  }

  private static Optional<String> expect(OrAttribute a, String pattern, String expected) {
    return a.value().matches(pattern) ? Optional.empty() : Optional.of(expected);
  }
}
