package org.heliograph.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.OrAttribute.Type;

/** The forms of O/R address (X.402 18.5, table 11). */
public enum OrForm {
  MNEMONIC,
  NUMERIC,
  POSTAL,
  TERMINAL;

  private static final List<Type> NAMING =
      List.of(
          Type.PRMD,
          Type.ORGANIZATION,
          Type.OU1,
          Type.SURNAME,
          Type.COMMON_NAME,
          Type.DOMAIN_DEFINED);

  private static final List<Type> POSTAL_PARTS =
      List.of(Type.PDS_NAME, Type.PD_COUNTRY, Type.POSTAL_CODE);

  /** The form of {@code address}; empty if an attribute that its form needs is missing. */
  public static Optional<OrForm> of(OrAddress address) {
    Set<Type> there = types(address);
    boolean domain = there.contains(Type.COUNTRY) && there.contains(Type.ADMD);
    if (there.contains(Type.X121_ADDRESS) || there.contains(Type.EXTENDED_NETWORK_ADDRESS)) {
      return Optional.of(TERMINAL);
    }
    if (domain && there.containsAll(POSTAL_PARTS)) {
      return Optional.of(POSTAL);
    }
    if (domain && there.contains(Type.NUMERIC_USER_IDENTIFIER)) {
      return Optional.of(NUMERIC);
    }
    if (domain && mnemonicOnly(address) && NAMING.stream().anyMatch(there::contains)) {
      return Optional.of(MNEMONIC);
    }
    return Optional.empty();
  }

  /**
   * The form of {@code address}.
   *
   * @throws OrTextException naming the attribute that is missing
   */
  public static OrForm require(OrAddress address) {
    return of(address).orElseThrow(() -> new OrTextException(missing(types(address), address)));
  }

  /** Whether only attributes of the mnemonic form occur. */
  public static boolean mnemonicOnly(OrAddress address) {
    return address.unknown().isEmpty()
        && address.attributes().stream()
            .allMatch(
                a -> a.type().compareTo(Type.COMMON_NAME) <= 0 || a.type() == Type.DOMAIN_DEFINED);
  }

  private static String missing(Set<Type> there, OrAddress address) {
    if (!there.contains(Type.COUNTRY)) {
      return "C (country) is missing; every form but the terminal one needs it (X.402 18.5)";
    }
    if (!there.contains(Type.ADMD)) {
      return "A (administration domain) is missing; every form but the terminal one needs it, as one"
          + " space if there is none (X.402 18.5)";
    }
    if (there.stream().anyMatch(t -> t.label().startsWith("PD-"))) {
      return POSTAL_PARTS.stream()
              .filter(t -> !there.contains(t))
              .map(OrKeywords::annexF)
              .findFirst()
              .orElse("PD-SN")
          + " is missing; the postal form needs it (X.402 18.5.3)";
    }
    if (!mnemonicOnly(address)) {
      return "the attributes fit none of the mnemonic, numeric, postal and terminal forms (X.402"
          + " 18.5)";
    }
    return "nothing below A; the mnemonic form needs one of P, O, OU1, S, CN and a domain-defined"
        + " attribute (X.402 18.5.1)";
  }

  private static Set<Type> types(OrAddress address) {
    Set<Type> there = EnumSet.noneOf(Type.class);
    address.attributes().forEach(a -> there.add(a.type()));
    return there;
  }
}
