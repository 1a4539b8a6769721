package org.heliograph.x400;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;

/**
 * How an O/R address changes at the border of a domain: what a PRMD calls itself inside and what an
 * ADMD expects outside often differ (a single space for the ADMD, no PRMD).
 *
 * <p>An address that has all attributes of {@code from} loses them and gets those of {@code to}. An
 * empty or blank value in {@code from} is met by an attribute that is blank or not there; an empty
 * one in {@code to} leaves the attribute out, a single space writes the single space.
 *
 * @param from at least one attribute
 * @param to of the same types or others
 */
public record Rewriting(List<OrAttribute> from, List<OrAttribute> to) {
  public Rewriting {
    from = List.copyOf(from);
    to = List.copyOf(to);
    if (from.isEmpty()) {
      throw new IllegalArgumentException(
          "a rewriting of every address; name an attribute at least");
    }
  }

  /** Whether this one changes {@code address}. */
  public boolean meets(OrAddress address) {
    return from.stream().allMatch(wanted -> meets(wanted, address));
  }

  private static boolean meets(OrAttribute wanted, OrAddress address) {
    List<OrAttribute> there =
        address.attributes().stream().filter(has -> sameType(wanted, has)).toList();
    return wanted.value().isBlank()
        ? there.stream().allMatch(a -> a.value().isBlank())
        : there.stream().anyMatch(a -> squeeze(a.value()).equals(squeeze(wanted.value())));
  }

  /** The address as it is on the other side; the same one if it is not meant. */
  public OrAddress apply(OrAddress address) {
    if (!meets(address)) {
      return address;
    }
    List<OrAttribute> out = new ArrayList<>();
    for (OrAttribute a : address.attributes()) {
      boolean replaced =
          from.stream().anyMatch(f -> sameType(f, a)) || to.stream().anyMatch(t -> sameType(t, a));
      if (!replaced) {
        out.add(a);
      }
    }
    to.stream().filter(t -> !t.value().isEmpty()).forEach(out::add);
    out.sort(Comparator.comparing(OrAttribute::type));
    return new OrAddress(out, address.unknown(), address.directoryName());
  }

  /** The first of {@code rewritings} that is meant changes an address; the others do not. */
  public static OrAddress first(List<Rewriting> rewritings, OrAddress address) {
    for (Rewriting r : rewritings) {
      if (r.meets(address)) {
        return r.apply(address);
      }
    }
    return address;
  }

  private static boolean sameType(OrAttribute a, OrAttribute b) {
    return a.type() == b.type() && a.name().equalsIgnoreCase(b.name());
  }

  private static String squeeze(String value) {
    return value.strip().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
  }
}
