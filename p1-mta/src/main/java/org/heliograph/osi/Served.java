package org.heliograph.osi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.rtse.ConnectionName;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Event;
import org.heliograph.wire.Pace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One accepted connection, driven by the thread that owns it. */
final class Served {
  /** Posted into the inbox: end as soon as no activity is under way. */
  static final Object DRAIN = new Object();

  private static final int REPLAYED = 64 * 1024;

  /** After this silence a peer that we aborted is taken to send no more. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Served.class);

  private final Connection connection;

  private final Responder responder;
  private final Stack stack;
  private final Times times;
  private @Nullable InboundAssociation association;
  private @Nullable ApduSink sink;
  private @Nullable Pace pace;

  /** Octets of the present APDU. */
  private long received;

  private boolean over;
  private boolean orderly;
  private boolean toldAmidSending;
  private boolean draining;
  private String ending = "the connection ended";

  /** Time spent waiting for the peer, so that a slow store is not held against it. */
  private Duration waited = Duration.ZERO;

  Served(Connection connection, AcceptorSettings settings, Responder responder) {
    this.connection = connection;

    this.responder = responder;
    this.times = settings.times();
    this.stack =
        new Stack(
            this::indicated,
            connection::write,
            Selectors.NONE,
            Selectors.NONE,
            settings.tpduSize(),
            settings.checkpointing(),
            false,
            false);
  }

  void run() throws InterruptedException {
    try {
      serve();
    } catch (IOException broken) {
      ending = String.valueOf(broken.getMessage());
    } catch (RuntimeException fault) {
      ending = "a fault of our own";
      LOG.error("association with {}: {}", connection.peer(), ending, fault);
      abort(true);
    } finally {
      end();
    }
  }

  private void serve() throws IOException, InterruptedException {
    Duration setUpLeft = times.setUp();
    while (!over) {
      long before = System.nanoTime();
      boolean settingUp = association == null;
      Duration timeout = settingUp ? setUpLeft : sink == null ? times.idle() : times.inactivity();
      Event event = connection.take(timeout);
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      waited = waited.plus(took);
      if (settingUp) {
        setUpLeft = setUpLeft.compareTo(took) > 0 ? setUpLeft.minus(took) : Duration.ZERO;
      }
      take(event, timeout);
    }
    if (orderly) {
      awaitClose(times.release());
    } else if (toldAmidSending) {
      awaitClose(QUIET);
    }
  }

  private void take(Event event, Duration timeout) throws IOException, InterruptedException {
    switch (event) {
      case Event.Received octets -> received(octets.octets());
      case Event.InputClosed closed -> over("the peer closed the connection");
      case Event.Closed closed -> over("the connection is closed");
      case Event.Failed failed -> over("the connection broke: " + failed.cause().getMessage());
      case Event.Posted what -> draining |= what.what() == DRAIN;
      case Event.TimedOut none -> {
        over("nothing from the peer for " + timeout.toSeconds() + " s");
        abort(true);
      }
    }
    if (draining && sink == null && !over) {
      over("shutting down");
      abort(true);
    }
  }

  private void received(ByteBuffer octets) throws IOException, InterruptedException {
    if (sink != null && pace != null && !pace.keeps(octets.remaining())) {
      over("slower than " + times.octetsPerSecond() + " octets per second");
      abort(true);
      return;
    }
    try {
      stack.fromWire(octets);
    } catch (ProtocolError error) {
      over("broke the protocol: " + error.getMessage());
      LOG.warn(
          "{}: {} (connection octet {} and on)",
          connection.peer(),
          error.getMessage(),
          stack.received());
      toldAmidSending = stack.session().abortable();
      stack.abortFor(error);
    }
  }

  private void over(String why) {
    over = true;
    ending = why;
  }

  private void abort(boolean temporary) throws InterruptedException {
    try {
      stack.rtse().fromAbove(new RtPrimitive.Abort(temporary));
    } catch (IOException | ProtocolError gone) {
      LOG.debug("{}: abort could not be sent: {}", connection.peer(), gone.getMessage());
    }
  }

  /**
   * Reads past what still comes until the peer closes, and says nothing for {@code quiet}. The
   * initiator closes TCP (class 0); if we did it first, our last octets might be lost with it: TCP
   * answers what nobody reads with a reset, and the peer would never see why it was aborted (X.225:
   * after an AB its sender waits for AA or the disconnection, timer TIM).
   */
  private void awaitClose(Duration quiet) throws InterruptedException {
    long deadline = System.nanoTime() + times.release().toNanos();
    while (true) {
      long left = Math.max(0, deadline - System.nanoTime());
      Event event = connection.take(Duration.ofNanos(Math.min(left, quiet.toNanos())));
      if (!(event instanceof Event.Received) && !(event instanceof Event.Posted)) {
        return;
      }
    }
  }

  private void end() {
    if (sink != null) {
      ApduSink open = sink;
      sink = null;
      open.interrupted(ending);
    }
    if (association != null) {
      association.ended(orderly, ending);
    }
    connection.close();
  }

  private void indicated(RtPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case RtPrimitive.Open open -> open(open);
      case RtPrimitive.Begin begin -> begin(begin);
      case RtPrimitive.Piece piece -> {
        received += piece.octets().remaining();
        tell(s -> s.segment(piece.octets()));
      }
      case RtPrimitive.Resume resume -> resume(resume);
      case RtPrimitive.Checkpoint point -> {
        CheckpointMark mark = new CheckpointMark(point.serial(), received, stack.rtse().wrapper());
        if (tell(s -> s.secure(mark))) {
          stack.rtse().fromAbove(point);
        }
      }
      case RtPrimitive.End end -> {
        if (tell(ApduSink::end)) {
          sink = null;
          stack.rtse().fromAbove(new RtPrimitive.EndConfirm());
        }
      }
      case RtPrimitive.Aborted aborted -> dropSink(aborted.why());
      case RtPrimitive.Interrupt interrupted -> {
        ApduSink open = sink;
        sink = null;
        if (open != null) {
          open.interrupted("the peer interrupted the transfer");
        }
      }
      case RtPrimitive.TurnPlease please -> {
        // The turn is the peer's in a monologue.
      }
      case RtPrimitive.Close close -> {
        orderly = true;
        over("released");
        stack.rtse().fromAbove(new RtPrimitive.CloseConfirm());
      }
      case RtPrimitive.Gone gone -> over(gone.why());
      default -> throw new IllegalStateException(indication + " for a responder");
    }
  }

  private void open(RtPrimitive.Open open) throws ProtocolError, IOException, InterruptedException {
    Optional<Mode> mode = Mode.of(open.terms().applicationProtocol());
    if (mode.isEmpty()) {
      over("refused by us");
      LOG.warn(
          "{}: asks for application protocol {}, which is not P1",
          connection.peer(),
          open.terms().applicationProtocol());
      stack
          .rtse()
          .fromAbove(
              new RtPrimitive.Refuse(
                  true, Optional.empty(), Optional.of(OpenRefusal.VALIDATION_FAILURE)));
      return;
    }
    OpenIndication indication =
        new OpenIndication(
            connection.remote(),
            connection.tls(),
            mode.get(),
            ConnectionName.of(open.reference()).map(ConnectionName::octets),
            open.recovers().map(ConnectionName::octets),
            new Selectors(
                stack.session().peerTransport(),
                open.calling().session(),
                open.calling().presentation()),
            new Selectors(
                stack.session().ownTransport(),
                open.called().session(),
                open.called().presentation()),
            open.terms().twoWayAlternate(),
            new Checkpointing(open.terms().checkpoint(), open.terms().window()),
            open.user());
    switch (answer(indication)) {
      case Responder.Answer.Accept accept -> {
        association = accept.association();
        stack.rtse().fromAbove(new RtPrimitive.Accept(accept.bindResult()));
        accept.association().opened(connection::abort);
      }
      case Responder.Answer.Refuse refuse -> {
        over("refused by us");
        stack
            .rtse()
            .fromAbove(
                new RtPrimitive.Refuse(
                    refuse.permanent(), refuse.bindError(), Optional.of(refuse.reason())));
      }
    }
  }

  private Responder.Answer answer(OpenIndication indication) {
    try {
      return responder.open(indication);
    } catch (RuntimeException fault) {
      LOG.error("answering {} failed", connection.peer(), fault);
      return new Responder.Answer.Refuse(Optional.empty(), false);
    }
  }

  private void begin(RtPrimitive.Begin begin)
      throws ProtocolError, IOException, InterruptedException {
    started();
    try {
      sink = user().begin(begin.activity());
    } catch (ApduRefused refused) {
      refuse(refused.temporary(), refused);
    } catch (IOException failed) {
      refuse(true, failed);
    }
  }

  private InboundAssociation user() {
    InboundAssociation user = association;
    if (user == null) {
      throw new IllegalStateException("an activity before the association was accepted");
    }
    return user;
  }

  private void started() {
    received = 0;
    Duration start = waited;
    pace =
        new Pace(
            times.octetsPerSecond(),
            times.inactivity(),
            () -> Instant.EPOCH.plus(waited.minus(start)));
  }

  private void resume(RtPrimitive.Resume resume)
      throws ProtocolError, IOException, InterruptedException {
    started();
    ResumeIndication indication =
        new ResumeIndication(
            resume.oldConnection().map(ConnectionName::octets),
            resume.oldActivity(),
            resume.serial());
    try {
      switch (user().resume(indication)) {
        case Resumption.Completed completed -> stack.rtse().fromAbove(new RtPrimitive.Completed());
        case Resumption.Unknown unknown -> {
          over("the peer resumes what is not known: " + unknown.why());
          toldAmidSending = true;
          stack.rtse().fromAbove(new RtPrimitive.Unrecognized());
        }
        case Resumption.Going going -> replay(going);
      }
    } catch (ApduRefused refused) {
      refuse(refused.temporary(), refused);
    } catch (IOException failed) {
      refuse(true, failed);
    }
  }

  /** Brings all that reads the APDU to where it was. */
  private void replay(Resumption.Going going)
      throws ProtocolError, IOException, InterruptedException {
    sink = going.sink();
    stack.rtse().fromAbove(new RtPrimitive.Resumed(going.wrapper()));
    try (InputStream octets = going.octets()) {
      byte[] piece = new byte[REPLAYED];
      for (int n = octets.read(piece); n >= 0 && sink != null; n = octets.read(piece)) {
        stack.rtse().fromAbove(new RtPrimitive.Replay(ByteBuffer.wrap(piece, 0, n)));
      }
    }
  }

  private interface Call {
    void on(ApduSink sink) throws ApduRefused, IOException;
  }

  /** Calls the sink; false if it did not take it and the peer was told so. */
  private boolean tell(Call call) throws ProtocolError, IOException, InterruptedException {
    ApduSink open = sink;
    if (open == null) {
      return false;
    }
    try {
      call.on(open);
      return true;
    } catch (ApduRefused refused) {
      refuse(refused.temporary(), refused);
    } catch (IOException failed) {
      refuse(true, failed);
    }
    return false;
  }

  private void refuse(boolean temporary, Exception why)
      throws ProtocolError, IOException, InterruptedException {
    LOG.info("{}: an APDU is not taken: {}", connection.peer(), why.getMessage());
    dropSink(String.valueOf(why.getMessage()));
    stack.rtse().fromAbove(new RtPrimitive.NotTaken(temporary, String.valueOf(why.getMessage())));
  }

  private void dropSink(String why) {
    ApduSink open = sink;
    sink = null;
    if (open != null) {
      open.aborted(why);
    }
  }
}
