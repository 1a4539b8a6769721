package org.heliograph.queue;

import java.util.List;
import java.util.Locale;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrText;

/** Which recipients a route is for. */
public sealed interface Destination {
  /** Whether {@code address} is meant. */
  boolean covers(Address address);

  /** The most specific route counts: the one with the highest weight. */
  int weight();

  /** One mailbox. */
  record Box(Mailbox mailbox) implements Destination {
    @Override
    public boolean covers(Address address) {
      return address instanceof Mailbox other && key(mailbox).equals(key(other));
    }

    /** Nobody keeps two mailboxes whose names differ in case only. */
    static String key(Mailbox mailbox) {
      return mailbox.text().toLowerCase(Locale.ROOT);
    }

    @Override
    public int weight() {
      return 20_000;
    }

    @Override
    public String toString() {
      return mailbox.text();
    }
  }

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
   * O/R addresses that have these attributes (X.402 18.4: case and repeated spaces do not count). A
   * value that ends in an asterisk is the beginning of one; an asterisk alone is any value.
   */
  record OrPrefix(List<OrAttribute> attributes) implements Destination {
    public OrPrefix {
      attributes = List.copyOf(attributes);
    }

    @Override
    public boolean covers(Address address) {
      return address instanceof OrAddress or
          && (attributes.stream().anyMatch(OrPrefix::open)
              ? attributes.stream()
                  .allMatch(wanted -> or.attributes().stream().anyMatch(has -> covers(wanted, has)))
              : new OrAddress(attributes).covers(or));
    }

    /** Whether the value is the beginning of one. */
    static boolean open(OrAttribute a) {
      return a.value().endsWith("*");
    }

    private static boolean covers(OrAttribute wanted, OrAttribute has) {
      if (has.type() != wanted.type() || !has.name().equalsIgnoreCase(wanted.name())) {
        return false;
      }
      String text = wanted.folded();
      return open(wanted)
          ? has.folded().startsWith(text.substring(0, text.length() - 1))
          : has.folded().equals(text);
    }

    @Override
    public int weight() {
      return attributes.size();
    }

    @Override
    public String toString() {
      return OrText.labelled(new OrAddress(attributes));
    }
  }

  /**
   * Reads {@code anna@example.org}, {@code example.org}, {@code .example.org} (with all below),
   * {@code *} (every mailbox) or {@code /PRMD=BRAVO/ADMD= /C=XX/} ({@code /} alone: every O/R
   * address; {@code /X121=2342*}: those whose number begins so), or the same as {@code P=BRAVO; A=;
   * C=XX}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Destination parse(String text) {
    if (text.equals("*")) {
      return new AnyMailbox();
    }
    if (text.startsWith("/") || text.indexOf('=') > 0) {
      List<OrAttribute> open = AddressText.attributes(text);
      return new OrPrefix(
          open.stream().anyMatch(OrPrefix::open) ? open : OrText.parsePrefix(text).attributes());
    }
    if (text.indexOf('@') > 0) {
      return new Box(Mailbox.parse(text));
    }
    boolean below = text.startsWith(".");
    String domain = below ? text.substring(1) : text;
    return below
        ? new Subdomains(new Mailbox("x", domain).domain())
        : new Domain(new Mailbox("x", domain).domain());
  }
}
