package org.heliograph.smtp;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Label;
import org.heliograph.model.PeerName;

/**
 * What the server asks the rest of the switch. Called on the connections' threads; must be quick
 * and thread-safe.
 *
 * @param acceptFor whether a client outside the relay networks may send to recipients of a domain
 *     (lower case)
 * @param peerAt the configured peer at a network address
 * @param label reads the label of a SIO-Label field, where its type is known; empty if it is not,
 *     or its octets are wrong
 */
public record SmtpPolicy(
    Predicate<String> acceptFor,
    Function<InetAddress, Optional<PeerName>> peerAt,
    Function<SioLabel.Encoded, Optional<Label>> label) {
  /** Takes nothing from outside the relay networks, knows no peers and no labels. */
  public static SmtpPolicy closed() {
    return new SmtpPolicy(
        domain -> false, address -> Optional.empty(), encoded -> Optional.empty());
  }

  public SmtpPolicy withAcceptFor(Predicate<String> domains) {
    return new SmtpPolicy(domains, peerAt, label);
  }

  public SmtpPolicy withPeerAt(Function<InetAddress, Optional<PeerName>> peers) {
    return new SmtpPolicy(acceptFor, peers, label);
  }

  public SmtpPolicy withLabel(Function<SioLabel.Encoded, Optional<Label>> labels) {
    return new SmtpPolicy(acceptFor, peerAt, labels);
  }
}
