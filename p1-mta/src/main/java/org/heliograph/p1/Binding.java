package org.heliograph.p1;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.model.PeerName;
import org.heliograph.model.Show;
import org.heliograph.osi.ApduRefused;
import org.heliograph.osi.ApduSink;
import org.heliograph.osi.InboundAssociation;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Responder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may open an association (MTA-bind, X.411 12.1.1). The log tells why one was refused;
 * the peer hears no more than the bind error, and the same one for a wrong name and a wrong
 * password.
 */
final class Binding implements Responder {
  private static final Logger LOG = LoggerFactory.getLogger(Binding.class);

  /** Compared against where no peer has the name, so that time tells nothing. */
  private static final Credentials NOBODY = Credentials.ia5("nobody", "no password at all");

  private final Supplier<PeerTable> peers;
  private final Intake intake;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PeerName, Integer> open = new HashMap<>();

  Binding(Supplier<PeerTable> peers, Intake intake) {
    this.peers = peers;
    this.intake = intake;
  }

  /** A refusal: the error for the peer, the reason for the log. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int error;

    Refused(int error, String why) {
      super(why);
      this.error = error;
    }
  }

  @Override
  public Answer open(OpenIndication indication) {
    String from = address(indication);
    try {
      BindPdus.Said said = BindPdus.readArgument(indication.bindArgument());
      PeerSettings peer = authenticated(said, indication);
      if (indication.twoWayAlternate()) {
        throw new Refused(
            BindPdus.UNACCEPTABLE_DIALOGUE_MODE, "it asks for two-way-alternate dialogue");
      }
      if (!intake.open()) {
        throw new Refused(BindPdus.BUSY, "no new work is welcome now");
      }
      Answer accept =
          new Answer.Accept(
              BindPdus.result(peer.ours(), indication.mode()),
              new Inbound(peer, intake.source(peer, indication, said.name()), from));
      enter(peer);
      LOG.info(
          "p1: {} bound from {} as '{}'",
          peer.name(),
          from,
          Show.safe(said.name().orElse("(NULL)"), 64));
      return accept;
    } catch (DecodeException e) {
      LOG.warn("p1: bind from {} refused: bind argument, {}", from, e.getMessage());
      return refuse(BindPdus.AUTHENTICATION_ERROR);
    } catch (Refused e) {
      LOG.warn("p1: bind from {} refused: {}", from, e.getMessage());
      return refuse(e.error);
    }
  }

  private static Answer refuse(int error) {
    return new Answer.Refuse(
        Optional.of(BindPdus.error(error)), error != BindPdus.BUSY, BindPdus.refusal(error));
  }

  private PeerSettings authenticated(BindPdus.Said said, OpenIndication from) throws Refused {
    PeerTable table = peers.get();
    if (said.name().isEmpty()) {
      return usable(
          table
              .unauthenticatedAt(from.peer().getAddress())
              .orElseThrow(() -> wrong("no peer at this address may bind without a name")));
    }
    String name = said.name().get();
    String shown = Show.safe(name, 64);
    Optional<PeerSettings> peer = table.bindingAs(name);
    Credentials expected = peer.flatMap(PeerSettings::theirs).orElse(NOBODY);
    boolean right = said.password().isPresent() && expected.matches(said.password().get());
    if (peer.isEmpty()) {
      return usable(
          table
              .unauthenticatedAt(from.peer().getAddress())
              .orElseThrow(() -> wrong("no peer binds as '" + shown + "'")));
    }
    if (said.password().isEmpty()) {
      throw wrong("'" + shown + "' gave strong credentials; only passwords are understood");
    }
    if (!right) {
      throw wrong("'" + shown + "' gave a wrong password");
    }
    return usable(peer.get());
  }

  private static PeerSettings usable(PeerSettings peer) throws Refused {
    if (!peer.enabled()) {
      throw wrong("peer " + peer.name() + " is disabled");
    }
    return peer;
  }

  private static Refused wrong(String why) {
    return new Refused(BindPdus.AUTHENTICATION_ERROR, why);
  }

  private void enter(PeerSettings peer) throws Refused {
    lock.lock();
    try {
      int now = open.getOrDefault(peer.name(), 0);
      if (now >= peer.limits().inboundAssociations()) {
        throw new Refused(
            BindPdus.BUSY, "peer " + peer.name() + " has " + now + " associations already");
      }
      open.put(peer.name(), now + 1);
    } finally {
      lock.unlock();
    }
  }

  private void leave(PeerSettings peer) {
    lock.lock();
    try {
      open.computeIfPresent(peer.name(), (name, n) -> n == 1 ? null : n - 1);
    } finally {
      lock.unlock();
    }
  }

  int associations() {
    lock.lock();
    try {
      return open.values().stream().mapToInt(Integer::intValue).sum();
    } finally {
      lock.unlock();
    }
  }

  static String address(OpenIndication indication) {
    return indication.peer().getAddress().getHostAddress() + ":" + indication.peer().getPort();
  }

  /** One association of a peer. */
  private final class Inbound implements InboundAssociation {
    private final PeerSettings peer;
    private final org.heliograph.model.Source source;
    private final String from;

    Inbound(PeerSettings peer, org.heliograph.model.Source source, String from) {
      this.peer = peer;
      this.source = source;
      this.from = from;
    }

    @Override
    public ApduSink begin(Octets activityId) throws ApduRefused {
      if (!intake.open()) {
        throw new ApduRefused(true, "no new work is welcome now");
      }
      return new Arrival(intake, peer, source);
    }

    @Override
    public void ended(boolean orderly, String text) {
      leave(peer);
      LOG.info(
          "p1: association of {} from {} {}: {}",
          peer.name(),
          from,
          orderly ? "released" : "ended",
          text);
    }
  }
}
