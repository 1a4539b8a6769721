package org.heliograph.mixer;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;

/** Upper bounds (X.411 MTSUpperBounds) and forms (X.402 18.5) of O/R addresses. */
final class OrBounds {
  private static final Map<Type, Integer> BOUNDS =
      Map.ofEntries(
          Map.entry(Type.COUNTRY, 3),
          Map.entry(Type.ADMD, 16),
          Map.entry(Type.PRMD, 16),
          Map.entry(Type.ORGANIZATION, 64),
          Map.entry(Type.OU1, 32),
          Map.entry(Type.OU2, 32),
          Map.entry(Type.OU3, 32),
          Map.entry(Type.OU4, 32),
          Map.entry(Type.SURNAME, 40),
          Map.entry(Type.GIVEN_NAME, 16),
          Map.entry(Type.INITIALS, 5),
          Map.entry(Type.GENERATION_QUALIFIER, 3),
          Map.entry(Type.COMMON_NAME, 64),
          Map.entry(Type.X121_ADDRESS, 15),
          Map.entry(Type.TERMINAL_IDENTIFIER, 24),
          Map.entry(Type.NUMERIC_USER_IDENTIFIER, 32),
          Map.entry(Type.PDS_NAME, 16),
          Map.entry(Type.PD_COUNTRY, 3),
          Map.entry(Type.POSTAL_CODE, 16),
          Map.entry(Type.DOMAIN_DEFINED, 128));

  private static final int POSTAL = 185;
  private static final int DDA_TYPE = 8;
  private static final int DDA_COUNT = 4;

  private OrBounds() {}

  /** Whether every value is within its bound. */
  static boolean kept(OrAddress address) {
    long domainDefined =
        address.attributes().stream().filter(a -> a.type() == Type.DOMAIN_DEFINED).count();
    return domainDefined <= DDA_COUNT && address.attributes().stream().allMatch(OrBounds::kept);
  }

  static boolean kept(OrAttribute a) {
    boolean empty = a.value().isEmpty() && a.type() != Type.ADMD;
    return !empty
        && a.value().length() <= BOUNDS.getOrDefault(a.type(), POSTAL)
        && a.name().length() <= DDA_TYPE;
  }

  /** Whether {@code address} has one of the four forms: mnemonic, numeric, postal, terminal. */
  static boolean valid(OrAddress address) {
    Set<Type> there = EnumSet.noneOf(Type.class);
    address.attributes().forEach(a -> there.add(a.type()));
    boolean domain = there.contains(Type.COUNTRY) && there.contains(Type.ADMD);
    boolean terminal =
        there.contains(Type.X121_ADDRESS) || there.contains(Type.EXTENDED_NETWORK_ADDRESS);
    boolean postal = there.containsAll(List.of(Type.PDS_NAME, Type.PD_COUNTRY, Type.POSTAL_CODE));
    boolean mnemonic =
        mnemonicOnly(address)
            && (there.contains(Type.PRMD)
                || there.contains(Type.ORGANIZATION)
                || there.contains(Type.OU1)
                || there.contains(Type.SURNAME)
                || there.contains(Type.COMMON_NAME)
                || there.contains(Type.DOMAIN_DEFINED));
    boolean numeric = there.contains(Type.NUMERIC_USER_IDENTIFIER);
    return terminal || domain && (mnemonic || numeric || postal);
  }

  /** Whether only attributes of the mnemonic form occur. */
  static boolean mnemonicOnly(OrAddress address) {
    return address.unknown().isEmpty()
        && address.attributes().stream()
            .allMatch(
                a -> a.type().compareTo(Type.COMMON_NAME) <= 0 || a.type() == Type.DOMAIN_DEFINED);
  }
}
