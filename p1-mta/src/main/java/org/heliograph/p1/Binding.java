package org.heliograph.p1;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.SecurityLabel;
import org.heliograph.model.Clearance;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.PeerName;
import org.heliograph.model.Show;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.osi.ApduRefused;
import org.heliograph.osi.ApduSink;
import org.heliograph.osi.InboundAssociation;
import org.heliograph.osi.Mode;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Responder;
import org.heliograph.osi.ResumeIndication;
import org.heliograph.osi.Resumption;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.trust.TrustException;
import org.heliograph.x400.Labels;
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
  private final Map<String, Inbound> live = new ConcurrentHashMap<>();
  private final Partials partials;
  private final Tokens tokens;

  Binding(Supplier<PeerTable> peers, Intake intake, Partials partials) {
    this.peers = peers;
    this.intake = intake;
    this.partials = partials;
    this.tokens = new Tokens(intake.clock());
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
    if (indication.recovers().isPresent()) {
      return recover(indication, indication.recovers().get());
    }
    String from = address(indication);
    try {
      BindPdus.Said said = BindPdus.readArgument(indication.bindArgument());
      PeerSettings peer = authenticated(said, indication);
      if (indication.twoWayAlternate()) {
        throw new Refused(
            BindPdus.UNACCEPTABLE_DIALOGUE_MODE, "it asks for two-way-alternate dialogue");
      }
      within(said.context(), peer);
      if (!intake.open()) {
        throw new Refused(BindPdus.BUSY, "no new work is welcome now");
      }
      Answer accept =
          new Answer.Accept(
              BindPdus.result(given(peer, said), indication.mode()),
              new Inbound(
                  peer,
                  intake.source(peer, indication, said.name()),
                  from,
                  indication.mode(),
                  InboundName.of(
                      indication, PeerIdentity.of(peer.name(), indication), said.name())));
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

  /**
   * An association goes on that broke (X.228 clause 7.6). There is no bind: it must come from where
   * it came before, and be as it was. If its old connection seems alive, the peer knows better.
   */
  private Answer recover(OpenIndication indication, Octets connection) {
    String from = address(indication);
    try {
      InboundName known =
          partials
              .association(connection)
              .orElseThrow(() -> wrong("nothing is kept of what it wants to recover"));
      PeerSettings peer =
          usable(
              admitted(
                  peers
                      .get()
                      .peer(known.peer().peer())
                      .orElseThrow(() -> wrong("peer " + known.peer().peer() + " is gone")),
                  indication));
      if (!known.peer().equals(PeerIdentity.of(peer.name(), indication))) {
        throw wrong(
            "it wants to recover an association of " + peer.name() + " and is not " + known.peer());
      }
      if (known.mode() != indication.mode()
          || !known.checkpointing().equals(indication.checkpointing())) {
        throw wrong(
            peer.name()
                + " recovers with "
                + indication.mode()
                + " and "
                + indication.checkpointing()
                + " what it had with "
                + known.mode()
                + " and "
                + known.checkpointing());
      }
      if (!intake.open()) {
        throw new Refused(BindPdus.BUSY, "no new work is welcome now");
      }
      Inbound before = live.get(known.id());
      if (before != null) {
        before.cut.run();
      }
      if (!partials.awaitIdle(known)) {
        throw new Refused(BindPdus.BUSY, "its old connection does not end");
      }
      Inbound inbound =
          new Inbound(
              peer,
              intake.source(peer, indication, known.said()),
              from,
              indication.mode(),
              indication.connection().map(known::on));
      enter(peer);
      LOG.info("p1: {} recovers an association from {}", peer.name(), from);
      return new Answer.Accept(Octets.empty(), inbound);
    } catch (Refused e) {
      LOG.warn("p1: recovery from {} refused: {}", from, e.getMessage());
      return new Answer.Refuse(Optional.empty(), false, OpenRefusal.CANNOT_RECOVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Refuse(Optional.empty(), false, OpenRefusal.CANNOT_RECOVER);
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
              .unauthenticated(from)
              .orElseThrow(() -> wrong("nobody who comes like this may bind without a name")));
    }
    String name = said.name().get();
    String shown = Show.safe(name, 64);
    Optional<PeerSettings> peer = table.bindingAs(name);
    Credentials expected = peer.flatMap(PeerSettings::theirs).orElse(NOBODY);
    boolean right = said.password().isPresent() && expected.matches(said.password().get());
    if (peer.isEmpty()) {
      return usable(
          table.unauthenticated(from).orElseThrow(() -> wrong("no peer binds as '" + shown + "'")));
    }
    if (peer.get().strong().theirs().isPresent()) {
      proved(peer.get(), said, peer.get().strong().theirs().get());
    } else if (said.password().isEmpty()) {
      throw wrong("'" + shown + "' gave no password, which is what it should give");
    } else if (!right) {
      throw wrong("'" + shown + "' gave a wrong password");
    }
    return usable(admitted(peer.get(), from));
  }

  private void proved(PeerSettings peer, BindPdus.Said said, StrongBind.Proof proof)
      throws Refused {
    if (said.strong().isEmpty()) {
      throw wrong(peer.name() + " gave no bind token, which is what it should give");
    }
    try {
      tokens.verify(
          said.strong().get(), proof, ourName(peer), Optional.of(intake.local().domain()));
    } catch (Tokens.NotTaken e) {
      throw wrong(peer.name() + " " + e.getMessage());
    }
  }

  /** What the peer knows us as. */
  private String ourName(PeerSettings peer) {
    return peer.ours().map(Credentials::name).orElse(intake.local().name());
  }

  /** What we say of ourselves in turn. */
  private Optional<BindPdus.Given> given(PeerSettings peer, BindPdus.Said said) throws Refused {
    if (peer.strong().ours().isEmpty()) {
      return peer.ours().map(BindPdus.Given::password);
    }
    try {
      return Optional.of(
          new BindPdus.Given(
              ourName(peer),
              tokens.make(peer.strong().ours().get(), said.name().orElse(peer.mtaName()))));
    } catch (TrustException e) {
      throw new Refused(BindPdus.BUSY, "no bind token can be made for it: " + e.getMessage());
    }
  }

  /** Labels in which it wants to speak must be labels for which it is cleared (X.411 8.2.1.1). */
  private void within(List<SecurityLabel> context, PeerSettings peer) throws Refused {
    Optional<Clearance> clearance = intake.agreements().get().with(peer.name()).clearance();
    if (clearance.isEmpty()) {
      return;
    }
    for (SecurityLabel label : context) {
      Optional<String> objection;
      try {
        objection = clearance.get().objection(Optional.of(Labels.read(label)));
      } catch (DecodeException e) {
        objection = Optional.of(String.valueOf(e.getMessage()));
      }
      if (objection.isPresent()) {
        throw new Refused(
            BindPdus.UNACCEPTABLE_SECURITY_CONTEXT,
            peer.name() + " asks for a security context beyond its clearance: " + objection.get());
      }
    }
  }

  private static PeerSettings admitted(PeerSettings peer, OpenIndication from) throws Refused {
    Optional<String> objection = peer.admission().objection(from);
    if (objection.isPresent()) {
      throw wrong(peer.name() + " " + objection.get());
    }
    return peer;
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

    /** In which P1 is carried: of 1988, or of 1984 for {@link Mode#X410_1}. */
    private final Mode mode;

    private final Optional<InboundName> name;
    private volatile Runnable cut = () -> {};

    Inbound(
        PeerSettings peer,
        org.heliograph.model.Source source,
        String from,
        Mode mode,
        Optional<InboundName> name) {
      this.peer = peer;
      this.source = source;
      this.from = from;
      this.mode = mode;
      this.name = name;
    }

    @Override
    public void opened(Runnable cutter) {
      cut = cutter;
      name.ifPresent(n -> live.put(n.id(), this));
    }

    @Override
    public ApduSink begin(Octets activityId) throws ApduRefused {
      if (!intake.open()) {
        throw new ApduRefused(true, "no new work is welcome now");
      }
      return new Arrival(intake, peer, source, mode, name.map(n -> partials.begin(n, activityId)));
    }

    @Override
    public Resumption resume(ResumeIndication what) throws ApduRefused, IOException {
      Optional<Partial> taken =
          known(what).flatMap(association -> partials.take(association, what.activity()));
      if (taken.isEmpty()) {
        return new Resumption.Unknown("nothing is kept of activity " + what.activity().hex(8));
      }
      Partial partial = taken.get();
      try {
        if (intake.submission().accepted(partial.key()).isPresent()) {
          partial.completed();
          return new Resumption.Completed();
        }
        return goOn(partial, what.serial());
      } catch (StoreUnavailable e) {
        partial.drop();
        return new Resumption.Unknown("what was kept is gone: " + e.getMessage());
      }
    }

    /** The association it began on: this one, or the one that this one has recovered. */
    private Optional<InboundName> known(ResumeIndication what) {
      return name.filter(
          n ->
              what.connection().isEmpty()
                  || n.named(what.connection().get())
                  || partials
                      .association(what.connection().get())
                      .filter(old -> old.id().equals(n.id()))
                      .isPresent());
    }

    private Resumption goOn(Partial partial, int serial) throws StoreUnavailable {
      OptionalLong octets = partial.at(serial);
      Optional<ContentRef> held =
          octets.isPresent() ? partial.held(octets.getAsLong()) : Optional.empty();
      if (held.isEmpty()) {
        partial.drop();
        return new Resumption.Unknown("checkpoint " + serial + " is not known");
      }
      Stage stage = null;
      Content content = null;
      if (held.get().key() != 0) {
        stage = intake.contents().reopen(held.get());
        content = intake.contents().open(held.get());
      }
      InputStream before =
          partial.first(
              octets.getAsLong(),
              content == null ? InputStream.nullInputStream() : content.open(0));
      partial.goOn(serial);
      LOG.info("p1: {} goes on with a transfer behind {} octets", peer.name(), octets.getAsLong());
      return new Resumption.Going(
          Arrival.resumed(intake, peer, source, mode, partial, stage), partial.wrapper(), before);
    }

    @Override
    public void ended(boolean orderly, String text) {
      leave(peer);
      name.ifPresent(
          n -> {
            live.remove(n.id(), this);
            if (orderly) {
              partials.released(n);
            }
          });
      LOG.info(
          "p1: association of {} from {} {}: {}",
          peer.name(),
          from,
          orderly ? "released" : "ended",
          text);
    }
  }
}
