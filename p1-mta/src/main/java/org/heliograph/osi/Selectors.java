package org.heliograph.osi;

import org.heliograph.asn1.Octets;

/**
 * The selectors of one side. An empty one is left out of the PDU. Peers often tell us apart by our
 * transport selector alone.
 *
 * @param transport at most 32 octets (X.214)
 * @param session at most 16 octets (X.215)
 * @param presentation at most 16 octets in practice; up to 64 are taken
 */
public record Selectors(Octets transport, Octets session, Octets presentation) {
  /** None at all. */
  public static final Selectors NONE =
      new Selectors(Octets.empty(), Octets.empty(), Octets.empty());

  public Selectors {
    limit("transport", transport, 32);
    limit("session", session, 16);
    limit("presentation", presentation, 64);
  }

  /** Only a transport selector, given as text (UTF-8, in practice ASCII). */
  public static Selectors transport(String selector) {
    return new Selectors(Octets.utf8(selector), Octets.empty(), Octets.empty());
  }

  private static void limit(String name, Octets selector, int most) {
    if (selector.length() > most) {
      throw new IllegalArgumentException(
          "a "
              + name
              + " selector has at most "
              + most
              + " octets, this one has "
              + selector.length());
    }
  }
}
