package org.heliograph.x400.downgrade;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.OrText;
import org.heliograph.model.OrTextException;
import org.heliograph.model.PrintableText;

/**
 * O/R addresses in the attributes of 1984 (RFC 1328 3).
 *
 * <p>A common name becomes the domain-defined attribute {@code Common}. Any other attribute of 1988
 * puts the whole address, as std-or in PrintableString, into the domain-defined attribute {@code
 * X400-88} and its overflow {@code X400-C1} to {@code X400-C3}, under our own domain, so that
 * answers come back here and are turned round again. A teletex or universal form beside a printable
 * one is left out: an address is the same without it (X.402 18.4).
 */
public final class Addresses84 {
  private static final String COMMON = "Common";
  private static final String WHOLE = "X400-88";
  private static final List<String> OVERFLOW = List.of("X400-C1", "X400-C2", "X400-C3");
  private static final int MOST_VALUE = 128;
  private static final int MOST_DOMAIN_DEFINED = 4;

  /** BuiltInStandardAttributes and BuiltInDomainDefinedAttributes of X.411 8.5.5. */
  private static final Set<Type> BUILT_IN =
      EnumSet.of(
          Type.COUNTRY,
          Type.ADMD,
          Type.PRMD,
          Type.ORGANIZATION,
          Type.OU1,
          Type.OU2,
          Type.OU3,
          Type.OU4,
          Type.SURNAME,
          Type.GIVEN_NAME,
          Type.INITIALS,
          Type.GENERATION_QUALIFIER,
          Type.X121_ADDRESS,
          Type.TERMINAL_IDENTIFIER,
          Type.NUMERIC_USER_IDENTIFIER,
          Type.DOMAIN_DEFINED);

  private final GlobalDomain gateway;

  /**
   * @param gateway the domain to which addresses with a {@code X400-88} come back
   */
  public Addresses84(GlobalDomain gateway) {
    this.gateway = gateway;
  }

  /** Whether it can be said in 1984 as it is. */
  private static boolean isBuiltIn(OrAttribute a) {
    return BUILT_IN.contains(a.type()) && a.form().compareTo(Form.NUMERIC) <= 0;
  }

  /**
   * The address in attributes of 1984; a directory name stays behind.
   *
   * @throws CannotDowngrade if it is too long for the domain-defined attributes there are
   */
  public OrAddress down(OrAddress address) throws CannotDowngrade {
    List<OrAttribute> kept = new ArrayList<>();
    List<OrAttribute> later = new ArrayList<>();
    for (OrAttribute a : address.attributes()) {
      if (isBuiltIn(a)) {
        kept.add(a);
      } else if (!hasPrintable(address, a)) {
        later.add(a);
      }
    }
    if (later.isEmpty() && address.unknown().isEmpty()) {
      return new OrAddress(kept);
    }
    long domainDefined = kept.stream().filter(a -> a.type() == Type.DOMAIN_DEFINED).count();
    if (later.size() == 1
        && address.unknown().isEmpty()
        && later.getFirst().type() == Type.COMMON_NAME
        && later.getFirst().form() == Form.PRINTABLE
        && domainDefined < MOST_DOMAIN_DEFINED) {
      kept.add(OrAttribute.domainDefined(COMMON, later.getFirst().value()));
      return new OrAddress(kept);
    }
    return whole(address);
  }

  /** Whether the same attribute is there in a printable or numeric form. */
  private static boolean hasPrintable(OrAddress address, OrAttribute a) {
    return a.form().compareTo(Form.NUMERIC) > 0
        && address.attributes().stream()
            .anyMatch(
                b ->
                    b.type() == a.type()
                        && b.form().compareTo(Form.NUMERIC) <= 0
                        && (a.type() != Type.DOMAIN_DEFINED
                            || b.name().equalsIgnoreCase(a.name())));
  }

  private OrAddress whole(OrAddress address) throws CannotDowngrade {
    String text;
    try {
      text = PrintableText.encode(text(address));
    } catch (IllegalArgumentException e) {
      throw CannotDowngrade.because("address " + address.display() + ": " + e.getMessage());
    }
    if (text.length() > MOST_VALUE * (1 + OVERFLOW.size())) {
      throw CannotDowngrade.because(
          "address "
              + address.display()
              + " would need "
              + text.length()
              + " characters in domain-defined attributes, which hold "
              + MOST_VALUE * (1 + OVERFLOW.size())
              + " (RFC 1328 3.1)");
    }
    List<OrAttribute> out = new ArrayList<>(domain());
    for (int i = 0; i * MOST_VALUE < text.length(); i++) {
      out.add(
          OrAttribute.domainDefined(
              i == 0 ? WHOLE : OVERFLOW.get(i - 1),
              text.substring(i * MOST_VALUE, Math.min(text.length(), (i + 1) * MOST_VALUE))));
    }
    return new OrAddress(out);
  }

  /** As std-or; what std-or cannot say (RFC 2156 4.1.1) in our labels, which we read again. */
  private static String text(OrAddress address) {
    try {
      return OrText.stdOr(address);
    } catch (OrTextException e) {
      return OrText.labelled(address);
    }
  }

  private List<OrAttribute> domain() {
    List<OrAttribute> out = new ArrayList<>();
    out.add(OrAttribute.of(Type.COUNTRY, gateway.country()));
    out.add(OrAttribute.of(Type.ADMD, gateway.admd()));
    gateway.prmd().ifPresent(p -> out.add(OrAttribute.of(Type.PRMD, p)));
    return out;
  }

  /**
   * The address of 1988 that one of 1984 stands for; itself if it stands for none. A {@code
   * X400-88} counts under our own domain only: elsewhere it is that domain's business.
   */
  public OrAddress up(OrAddress address) {
    Optional<String> first = address.domainDefined(WHOLE);
    if (first.isPresent() && new OrAddress(domain()).covers(address)) {
      StringBuilder text = new StringBuilder(first.get());
      OVERFLOW.forEach(name -> address.domainDefined(name).ifPresent(text::append));
      try {
        return PrintableText.decode(text.toString()).map(OrText::parse).orElse(address);
      } catch (OrTextException e) {
        // No address of ours: it is reported as what it is, one that nobody knows.
        return address;
      }
    }
    Optional<String> common = address.domainDefined(COMMON);
    if (common.isEmpty() || address.value(Type.COMMON_NAME).isPresent()) {
      return address;
    }
    List<OrAttribute> out = new ArrayList<>();
    for (OrAttribute a : address.attributes()) {
      if (a.type() != Type.DOMAIN_DEFINED || !a.name().equalsIgnoreCase(COMMON)) {
        out.add(a);
      }
    }
    out.add(OrAttribute.of(Type.COMMON_NAME, common.get()));
    try {
      return new OrAddress(OrText.canonical(out), address.unknown(), address.directoryName());
    } catch (OrTextException e) {
      return address;
    }
  }
}
