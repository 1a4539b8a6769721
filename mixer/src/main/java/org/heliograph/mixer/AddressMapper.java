package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.mixer.MappingTable.DomainMatch;
import org.heliograph.mixer.MappingTable.Prefix;
import org.heliograph.model.EncodedPersonalName;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.OrBounds;
import org.heliograph.model.OrForm;
import org.heliograph.model.PrintableText;

/**
 * Mailboxes as O/R addresses and back (RFC 2156 4.3). Pure: the same table gives the same answer.
 */
public final class AddressMapper {
  private static final int DDA_LENGTH = 128;
  private static final List<String> OVERFLOW =
      List.of("RFC-822", "RFC822C1", "RFC822C2", "RFC822C3");

  private final MappingTable table;
  private final OrAddress gateway;
  private final String gatewayDomain;

  /**
   * @param table equivalences
   * @param gateway what a mailbox that no equivalence covers is put under, for example C, ADMD and
   *     PRMD of this domain
   * @param gatewayDomain the mail domain for O/R addresses that no equivalence covers
   */
  public AddressMapper(MappingTable table, OrAddress gateway, String gatewayDomain) {
    this.table = table;
    this.gateway = gateway;
    this.gatewayDomain = gatewayDomain;
  }

  /**
   * RFC 2156 4.3.4.
   *
   * @throws AddressMappingException if the mailbox is not ASCII or longer than 512 characters
   */
  public Mapped<OrAddress> toX400(Mailbox mailbox) throws AddressMappingException {
    Optional<Mapped<OrAddress>> genuine = stageOne(mailbox);
    return genuine.isPresent() ? genuine.get() : stageTwo(mailbox);
  }

  /** The global domain that an equivalence gives to the domain of {@code mailbox}, if one does. */
  Optional<GlobalDomain> domainOf(Mailbox mailbox) {
    Optional<DomainMatch> match = table.ofDomain(mailbox.domain());
    if (match.isEmpty()) {
      return Optional.empty();
    }
    List<OrAttribute> prefix = attributes(match.get().prefix());
    return TraceFields.domain(new OrAddress(prefix));
  }

  private Optional<Mapped<OrAddress>> stageOne(Mailbox mailbox) {
    String local = mailbox.localPart();
    boolean spaces = !local.equals(local.strip()) || local.contains("  ");
    // the forms of 4.1 need the separator ';' and the '|' of postal lines beside those of step 3
    boolean characters =
        local.chars().allMatch(c -> PrintableText.isPrintable(c) || "{}*$;|".indexOf(c) >= 0);
    if (spaces || !characters) {
      return Optional.empty();
    }
    List<OrAttribute> left;
    String form;
    try {
      if (local.startsWith("/") || local.startsWith(";")) {
        left = StdOr.parse(local).attributes();
        form = "std-or";
      } else {
        Optional<List<OrAttribute>> name = EncodedPersonalName.parse(local);
        if (name.isEmpty()) {
          return Optional.empty();
        }
        left = name.get();
        form = "encoded-pn";
      }
      OrAddress whole = StdOr.canonical(left);
      if (OrForm.of(whole).isPresent()) {
        return OrBounds.kept(whole)
            ? Optional.of(new Mapped<>(whole, form + " is a whole O/R address (4.3.4 step 6)"))
            : Optional.empty();
      }
      if (!OrForm.mnemonicOnly(whole)) {
        return Optional.empty();
      }
      Optional<DomainMatch> match = table.ofDomain(mailbox.domain());
      if (match.isEmpty()) {
        return Optional.empty();
      }
      List<OrAttribute> right = allocate(match.get());
      OrAddress merged = StdOr.canonical(merge(left, right));
      if (!OrForm.of(merged).isPresent() || !OrBounds.kept(merged)) {
        return Optional.empty();
      }
      return Optional.of(
          new Mapped<>(
              merged, form + " with equivalence " + match.get().known() + " (4.3.4 step 8)"));
    } catch (AddressMappingException e) {
      return Optional.empty(); // not an X.400 address in disguise: stage II carries it as it is
    }
  }

  /** RFC 2156 4.3.4 step 8: the table's prefix, and a level for each domain component below it. */
  private static List<OrAttribute> allocate(DomainMatch match) throws AddressMappingException {
    List<OrAttribute> attributes = attributes(match.prefix());
    int level = match.prefix().levels().size();
    for (String component : match.below()) {
      if (level >= MappingTable.LEVELS.size()
          || !component.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")) {
        throw new AddressMappingException("'" + component + "' has no level to go to");
      }
      OrAttribute attribute = attribute(MappingTable.LEVELS.get(level++), component);
      if (!OrBounds.kept(attribute)) {
        throw new AddressMappingException("'" + component + "' is too long");
      }
      attributes.add(attribute);
    }
    return attributes;
  }

  private static List<OrAttribute> attributes(Prefix prefix) {
    List<OrAttribute> attributes = new ArrayList<>();
    for (int i = 0; i < prefix.levels().size(); i++) {
      Type type = MappingTable.LEVELS.get(i);
      prefix.levels().get(i).ifPresent(value -> attributes.add(attribute(type, value)));
    }
    return attributes;
  }

  private static OrAttribute attribute(Type type, String value) {
    boolean domain = type == Type.COUNTRY || type == Type.ADMD || type == Type.PRMD;
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return new OrAttribute(type, domain && digits ? Form.NUMERIC : Form.PRINTABLE, "", value);
  }

  /** What stands on the left wins, and with it everything from its level down. */
  private static List<OrAttribute> merge(List<OrAttribute> left, List<OrAttribute> right) {
    int highest = MappingTable.LEVELS.size();
    for (OrAttribute a : left) {
      int level = MappingTable.LEVELS.indexOf(a.type());
      if (level >= 0 && level <= 3) {
        highest = Math.min(highest, level);
      }
    }
    List<OrAttribute> merged = new ArrayList<>();
    int units = 0;
    for (OrAttribute a : right) {
      if (MappingTable.LEVELS.indexOf(a.type()) < highest) {
        merged.add(a);
        units += a.type().label().startsWith("OU") ? 1 : 0;
      }
    }
    for (OrAttribute a : left) {
      int unit = MappingTable.LEVELS.indexOf(a.type()) - 4;
      if (unit >= 0) { // units on the left are below those on the right
        int place = Math.min(units + unit + 4, MappingTable.LEVELS.size() - 1);
        merged.add(new OrAttribute(MappingTable.LEVELS.get(place), a.form(), "", a.value()));
      } else {
        merged.add(a);
      }
    }
    return merged;
  }

  private Mapped<OrAddress> stageTwo(Mailbox mailbox) throws AddressMappingException {
    String text = mailbox.text();
    if (text.chars().anyMatch(c -> c > 0x7E)) {
      throw new AddressMappingException(
          "mailbox " + text + " is not ASCII and cannot be a domain-defined attribute");
    }
    String encoded = PrintableText.encode(text);
    if (encoded.length() > OVERFLOW.size() * DDA_LENGTH) {
      throw new AddressMappingException(
          "mailbox of " + encoded.length() + " characters; at most 512 (RFC 2156 4.3.2)");
    }
    Optional<DomainMatch> match = table.ofDomain(mailbox.domain());
    List<OrAttribute> attributes;
    String rule;
    try {
      attributes =
          match.isPresent() ? allocate(match.get()) : new ArrayList<>(gateway.attributes());
      rule = match.map(m -> "under equivalence " + m.known()).orElse("under the local gateway");
    } catch (AddressMappingException e) {
      attributes = new ArrayList<>(gateway.attributes());
      rule = "under the local gateway";
    }
    attributes.removeIf(a -> a.type() == Type.DOMAIN_DEFINED);
    for (int i = 0, n = 0; i < encoded.length(); i += DDA_LENGTH, n++) {
      String piece = encoded.substring(i, Math.min(encoded.length(), i + DDA_LENGTH));
      attributes.add(OrAttribute.domainDefined(OVERFLOW.get(n), piece));
    }
    return new Mapped<>(
        StdOr.canonical(attributes), "RFC-822 attribute " + rule + " (4.3.4 stage II)");
  }

  /**
   * RFC 2156 4.3.5.
   *
   * @throws AddressMappingException if the address has attributes without a text form, or would
   *     make a local part of more than 1024 octets
   */
  public Mapped<Mailbox> toRfc822(OrAddress address) throws AddressMappingException {
    Optional<Mailbox> carried = carried(address);
    if (carried.isPresent()) {
      return new Mapped<>(carried.get(), "RFC-822 attribute (4.3.5 mapping A)");
    }
    if (OrForm.mnemonicOnly(address)) {
      Optional<Mapped<Mailbox>> mapped = byTable(address);
      // the table may say one thing there and another back: then nothing of it is used
      if (mapped.isPresent() && comesBack(address, mapped.get().value())) {
        return mapped.get();
      }
    }
    return new Mapped<>(
        mailbox(StdOr.format(address), gatewayDomain),
        "whole O/R address at the local gateway (4.3.5 steps 3 and 5)");
  }

  private boolean comesBack(OrAddress address, Mailbox mailbox) {
    try {
      return toX400(mailbox).value().sameAs(address);
    } catch (AddressMappingException e) {
      return false;
    }
  }

  /** Mapping A: the mailbox that stands in the RFC-822 attributes. */
  private static Optional<Mailbox> carried(OrAddress address) {
    StringBuilder text = new StringBuilder();
    boolean teletex = false;
    for (String name : OVERFLOW) {
      Optional<OrAttribute> part =
          address.attributes().stream()
              .filter(a -> a.type() == Type.DOMAIN_DEFINED && a.name().equalsIgnoreCase(name))
              .findFirst();
      if (part.isEmpty()) {
        break;
      }
      teletex |= !PrintableText.isPrintable(part.get().value());
      text.append(part.get().value());
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String encoded = text.toString();
    String decoded = teletex ? encoded : PrintableText.decode(encoded).orElse(encoded);
    int route = decoded.startsWith("@") ? decoded.indexOf(':') : -1;
    try {
      return Optional.of(Mailbox.parse(decoded.substring(route + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Mapping B: the longest prefix in the table, then subdomains, then the rest on the left. */
  private Optional<Mapped<Mailbox>> byTable(OrAddress address) throws AddressMappingException {
    List<Optional<String>> levels = new ArrayList<>();
    int deepest = 0;
    for (Type type : MappingTable.LEVELS) {
      Optional<String> value = single(address, type);
      levels.add(value);
      if (value.isPresent()) {
        deepest = levels.size();
      }
    }
    for (int n = deepest; n > 0; n--) {
      // a prefix may end in omitted levels that the address does not have either
      Optional<String> domain = Optional.empty();
      int used = n;
      for (int m = n; m <= 4 && domain.isEmpty(); m++) {
        if (levels.subList(n, m).stream().allMatch(Optional::isEmpty)) {
          domain = table.ofPrefix(new Prefix(levels.subList(0, m)));
          used = m;
        }
      }
      if (domain.isPresent() && left(address, used) > 0) {
        return Optional.of(below(address, levels, used, domain.get()));
      }
    }
    return Optional.empty();
  }

  private Mapped<Mailbox> below(
      OrAddress address, List<Optional<String>> levels, int used, String known)
      throws AddressMappingException {
    String domain = known;
    int level = used;
    while (level < levels.size()
        && levels.get(level).isPresent()
        && levels.get(level).get().matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
        && left(address, level + 1) > 0) {
      domain = levels.get(level).get() + "." + domain;
      level++;
    }
    List<OrAttribute> rest = new ArrayList<>();
    for (OrAttribute a : address.attributes()) {
      int at = MappingTable.LEVELS.indexOf(a.type());
      if (at < 0 || at >= level) {
        rest.add(a);
      }
    }
    Optional<String> name = EncodedPersonalName.format(rest);
    String rule = "with equivalence " + known + " (4.3.5 step 4)";
    return name.isPresent()
        ? new Mapped<>(mailbox(name.get(), domain), "encoded-pn " + rule)
        : new Mapped<>(mailbox(StdOr.format(rest), domain), "std-or " + rule);
  }

  /** How many attributes would be left for the left side if the levels above went to the right. */
  private static long left(OrAddress address, int level) {
    return address.attributes().stream()
        .filter(
            a -> {
              int at = MappingTable.LEVELS.indexOf(a.type());
              return at < 0 || at >= level;
            })
        .count();
  }

  /** The value of a level, if it has a printable or numeric form and no other that differs. */
  private static Optional<String> single(OrAddress address, Type type) {
    List<OrAttribute> same = address.attributes().stream().filter(a -> a.type() == type).toList();
    boolean plain =
        same.size() == 1
            && (same.getFirst().form() == Form.PRINTABLE || same.getFirst().form() == Form.NUMERIC);
    if (!plain) {
      return Optional.empty();
    }
    String value = same.getFirst().value();
    return Optional.of(type == Type.ADMD && value.isBlank() ? " " : value);
  }

  private static Mailbox mailbox(String local, String domain) throws AddressMappingException {
    try {
      return new Mailbox(local, domain);
    } catch (IllegalArgumentException e) {
      throw new AddressMappingException(String.valueOf(e.getMessage()));
    }
  }
}
