package org.heliograph.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.model.Address;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Show;

/** Which recipients a route is for. */
public sealed interface Destination {
  /** Whether {@code address} is meant. */
  boolean covers(Address address);

  /** The most specific route counts: the one with the highest weight. */
  int weight();

  /** A mail domain alone. */
  record Domain(String domain) implements Destination {
    public Domain {
      domain = domain.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean covers(Address address) {
      return address instanceof Mailbox mailbox && mailbox.domain().equals(domain);
    }

    @Override
    public int weight() {
      return 10_000 + domain.length();
    }

    @Override
    public String toString() {
      return domain;
    }
  }

  /** A mail domain with all below it. */
  record Subdomains(String domain) implements Destination {
    public Subdomains {
      domain = domain.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean covers(Address address) {
      return address instanceof Mailbox mailbox
          && (mailbox.domain().equals(domain) || mailbox.domain().endsWith("." + domain));
    }

    @Override
    public int weight() {
      return 1 + domain.length();
    }

    @Override
    public String toString() {
      return "." + domain;
    }
  }

  /** Every mailbox. */
  record AnyMailbox() implements Destination {
    @Override
    public boolean covers(Address address) {
      return address instanceof Mailbox;
    }

    @Override
    public int weight() {
      return 0;
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /**
   * O/R addresses that have these attributes (X.402 18.4: case and repeated spaces do not count).
   */
  record OrPrefix(List<OrAttribute> attributes) implements Destination {
    public OrPrefix {
      attributes = List.copyOf(attributes);
    }

    @Override
    public boolean covers(Address address) {
      return address instanceof OrAddress or
          && attributes.stream()
              .allMatch(
                  wanted ->
                      or.attributes().stream()
                          .anyMatch(
                              has ->
                                  has.type() == wanted.type()
                                      && has.name().equalsIgnoreCase(wanted.name())
                                      && squeeze(has.value()).equals(squeeze(wanted.value()))));
    }

    @Override
    public int weight() {
      return attributes.size();
    }

    private static String squeeze(String value) {
      return value.strip().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return attributes.stream()
          .map(a -> a.type().label() + (a.name().isEmpty() ? "" : "." + a.name()) + "=" + a.value())
          .collect(Collectors.joining("/", "/", "/"));
    }
  }

  /**
   * Reads {@code example.org}, {@code .example.org} (with all below), {@code *} (every mailbox) or
   * {@code /PRMD=BRAVO/ADMD= /C=XX/} ({@code /} alone: every O/R address).
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Destination parse(String text) {
    if (text.equals("*")) {
      return new AnyMailbox();
    }
    if (text.startsWith("/")) {
      return new OrPrefix(attributes(text));
    }
    boolean below = text.startsWith(".");
    String domain = below ? text.substring(1) : text;
    return below
        ? new Subdomains(new Mailbox("x", domain).domain())
        : new Domain(new Mailbox("x", domain).domain());
  }

  /** Attributes of {@code /KEY=value/KEY=value/}, in any order. */
  private static List<OrAttribute> attributes(String text) {
    Map<String, OrAttribute.Type> types =
        Stream.of(OrAttribute.Type.values())
            .collect(Collectors.toMap(OrAttribute.Type::label, type -> type));
    List<OrAttribute> read = new ArrayList<>();
    for (String part : text.split("/")) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 1 ? "" : part.substring(0, equals).strip();
      if (key.toUpperCase(Locale.ROOT).startsWith("DD.")) {
        read.add(OrAttribute.domainDefined(key.substring(3), part.substring(equals + 1)));
        continue;
      }
      OrAttribute.Type type = types.get(key.toUpperCase(Locale.ROOT));
      if (type == null) {
        throw new IllegalArgumentException(
            "not an attribute of an O/R address: '"
                + Show.safe(part, 60)
                + "' in '"
                + Show.safe(text, 100)
                + "'; expected such as /PRMD=BRAVO/ADMD= /C=XX/");
      }
      read.add(OrAttribute.of(type, part.substring(equals + 1)));
    }
    return read;
  }
}
