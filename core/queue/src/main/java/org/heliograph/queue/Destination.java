package org.heliograph.queue;

import java.util.List;
import java.util.Locale;
import org.heliograph.model.Address;
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
      return address instanceof OrAddress or && new OrAddress(attributes).covers(or);
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
   * Reads {@code example.org}, {@code .example.org} (with all below), {@code *} (every mailbox) or
   * {@code /PRMD=BRAVO/ADMD= /C=XX/} ({@code /} alone: every O/R address), or the same as {@code
   * P=BRAVO; A=; C=XX}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Destination parse(String text) {
    if (text.equals("*")) {
      return new AnyMailbox();
    }
    if (text.startsWith("/") || text.indexOf('=') > 0) {
      return new OrPrefix(OrText.parsePrefix(text).attributes());
    }
    boolean below = text.startsWith(".");
    String domain = below ? text.substring(1) : text;
    return below
        ? new Subdomains(new Mailbox("x", domain).domain())
        : new Domain(new Mailbox("x", domain).domain());
  }
}
