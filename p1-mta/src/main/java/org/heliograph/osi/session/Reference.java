package org.heliograph.osi.session;

import org.heliograph.asn1.Octets;

/**
 * A session connection identifier (X.225 clause 8.3.1.2): what the two sides call the connection.
 *
 * @param user calling (or, in an answer, called) SS-user reference, at most 64 octets
 * @param common common reference, at most 64 octets
 * @param additional additional reference information, at most 4 octets
 */
public record Reference(Octets user, Octets common, Octets additional) {
  public static final Reference NONE =
      new Reference(Octets.empty(), Octets.empty(), Octets.empty());
}
