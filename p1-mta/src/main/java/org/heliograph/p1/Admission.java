package org.heliograph.p1;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Selectors;
import org.heliograph.trust.CertificateRule;
import org.heliograph.wire.Network;

/**
 * From where and how a peer may come, beside what it gives in its bind. A peer that binds without a
 * name is told apart by this alone.
 *
 * @param networks its network addresses; empty: any, or for a peer that binds without a name and
 *     shows no certificate those at which it is called
 * @param calling what it must send of its selectors; an empty one is not looked at
 * @param called what it must send of ours; an empty one is not looked at
 * @param tls whether it may come over TLS only
 * @param certificate whose certificate it must show in TLS; empty: none is asked for
 */
public record Admission(
    List<Network> networks,
    Selectors calling,
    Selectors called,
    boolean tls,
    Optional<CertificateRule> certificate) {
  /** From anywhere. */
  public static final Admission ANY =
      new Admission(List.of(), Selectors.NONE, Selectors.NONE, false, Optional.empty());

  public Admission {
    networks = List.copyOf(networks);
  }

  public Admission withNetworks(Network... from) {
    return new Admission(List.of(from), calling, called, tls, certificate);
  }

  public Admission withSelectors(Selectors theirs, Selectors ours) {
    return new Admission(networks, theirs, ours, tls, certificate);
  }

  public Admission withTls() {
    return new Admission(networks, calling, called, true, certificate);
  }

  public Admission withCertificate(CertificateRule whose) {
    return new Admission(networks, calling, called, true, Optional.of(whose));
  }

  /** Whether this says who it is without a name. */
  boolean identifies() {
    return !networks.isEmpty() || certificate.isPresent();
  }

  boolean near(InetAddress from) {
    return networks.stream().anyMatch(n -> n.contains(from));
  }

  /** Why one that comes like this is not let in; empty if it is. */
  Optional<String> objection(OpenIndication from) {
    InetAddress address = from.peer().getAddress();
    if (!networks.isEmpty() && !near(address)) {
      return Optional.of("comes from " + address.getHostAddress() + ", not from " + networks);
    }
    Optional<String> selectors =
        objection("calling", calling, from.calling())
            .or(() -> objection("called", called, from.called()));
    if (selectors.isPresent()) {
      return selectors;
    }
    if (from.tls().isEmpty()) {
      return tls || certificate.isPresent() ? Optional.of("comes without TLS") : Optional.empty();
    }
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    return from.tls().get().peerCertificates().stream()
        .findFirst()
        .map(c -> certificate.get().objection(c))
        .orElse(Optional.of("shows no certificate"));
  }

  private static Optional<String> objection(String side, Selectors wanted, Selectors said) {
    return differs(side + " transport", wanted.transport(), said.transport())
        .or(() -> differs(side + " session", wanted.session(), said.session()))
        .or(() -> differs(side + " presentation", wanted.presentation(), said.presentation()));
  }

  private static Optional<String> differs(String which, Octets wanted, Octets said) {
    return wanted.isEmpty() || wanted.equals(said)
        ? Optional.empty()
        : Optional.of(
            "sends the " + which + " selector " + said.hex(64) + ", not " + wanted.hex(64));
  }
}
