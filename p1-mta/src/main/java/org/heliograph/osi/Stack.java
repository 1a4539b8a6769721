package org.heliograph.osi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.osi.acse.APrimitive;
import org.heliograph.osi.acse.Acse;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.Presentation;
import org.heliograph.osi.rtse.ApplicationContext;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.osi.rtse.Rtse;
import org.heliograph.osi.session.SPrimitive;
import org.heliograph.osi.session.Session;
import org.heliograph.osi.transport.Class0;
import org.heliograph.osi.transport.TPrimitive;
import org.heliograph.osi.x410.X410;

/**
 * The layers of one association, put on each other. Used by the thread that owns the connection.
 */
final class Stack {
  private static final AtomicInteger REFERENCES = new AtomicInteger(0x100);

  private final Class0 transport;
  private final Session session;
  private final Presentation presentation;
  private final X410 x410;
  private final Acse acse;
  private final Rtse rtse;
  private boolean inX410Mode;
  private OptionalInt refused = OptionalInt.empty();
  private long received;

  /**
   * @param user takes what RTSE indicates and confirms
   * @param wire takes octets for the peer, each buffer to be sent in one write
   * @param calling our selectors on the transport connection that we open; unused when accepting
   * @param called the peer's on it
   * @param tpduSize to propose or grant, 0 for the most there is
   * @param most what is granted when accepting
   * @param x410 whether we open in X.410-1984 mode; when accepting, the peer decides
   * @param sessionVersionOne whether we open with session version 1 alone; likewise
   */
  Stack(
      Sink<RtPrimitive> user,
      Sink<ByteBuffer> wire,
      Selectors calling,
      Selectors called,
      int tpduSize,
      Checkpointing most,
      boolean x410,
      boolean sessionVersionOne) {
    this.inX410Mode = x410;
    ApplicationContext application = ApplicationContext.MTS_TRANSFER;
    rtse =
        new Rtse(user, this::toAcse, this::toPresentation, application, most.size(), most.window());
    acse = new Acse(rtse::fromAcse, this::toPresentation, application.name());
    presentation =
        new Presentation(this::fromPresentation, this::toSession, application.supported());
    this.x410 =
        new X410(rtse::fromAcse, rtse::fromPresentation, this::toSession, application.name());
    session =
        new Session(
            this::fromSession,
            this::toTransport,
            calling.transport(),
            called.transport(),
            sessionVersionOne);
    int reference = 1 + (REFERENCES.getAndIncrement() & 0x7FFF);
    transport = new Class0(this::fromTransport, wire, reference, tpduSize);
  }

  Rtse rtse() {
    return rtse;
  }

  Session session() {
    return session;
  }

  /** The reason of a DR that came in place of a CC. */
  OptionalInt refused() {
    return refused;
  }

  /** Octets that came from the peer before those being worked on. */
  long received() {
    return received;
  }

  /** Octets from the peer. */
  void fromWire(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    int n = octets.remaining();
    transport.fromBelow(octets);
    received += n;
  }

  /** Tells the peer, in the layer whose rule it broke, that the association is over. */
  void abortFor(ProtocolError error) throws IOException, InterruptedException {
    try {
      if (!session.abortable()) {
        return;
      }
      switch (error.in()) {
        case TPKT, TRANSPORT -> {
          // Nothing sent over a broken transport connection would be understood; it is closed.
        }
        case SESSION -> session.abortForProtocolError();
        case PRESENTATION -> {
          if (inX410Mode) {
            rtse.abortForProtocolError();
          } else {
            presentation.abortForProtocolError();
          }
        }
        case ACSE -> acse.abortForProtocolError();
        case RTSE -> rtse.abortForProtocolError();
      }
    } catch (ProtocolError never) {
      throw new IllegalStateException(never);
    }
  }

  private void toAcse(APrimitive request) throws ProtocolError, IOException, InterruptedException {
    if (inX410Mode) {
      x410.fromAbove(request);
    } else {
      acse.fromAbove(request);
    }
  }

  private void toPresentation(PPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    if (inX410Mode) {
      x410.fromAbove(request);
    } else {
      presentation.fromAbove(request);
    }
  }

  private void toSession(SPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    session.fromAbove(request);
  }

  private void toTransport(TPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    transport.fromAbove(request);
  }

  private void fromTransport(TPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    if (indication instanceof TPrimitive.TDisconnect end && !transport.open()) {
      refused = OptionalInt.of(end.reason());
    }
    session.fromBelow(indication);
  }

  /** The peer that connects decides on the mode (X.226 clause 6.2.1). */
  private void fromSession(SPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    if (indication instanceof SPrimitive.SConnect connect) {
      inX410Mode = X410.wanted(connect.userData());
    }
    if (inX410Mode) {
      x410.fromBelow(indication);
    } else {
      presentation.fromBelow(indication);
    }
  }

  /** Data and activities are RTSE's, the rest is ACSE's. */
  private void fromPresentation(PPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case PPrimitive.PData data -> rtse.fromPresentation(data);
      case PPrimitive.PTokenPlease please -> rtse.fromPresentation(please);
      case PPrimitive.PActivity activity -> rtse.fromPresentation(activity);
      default -> acse.fromBelow(indication);
    }
  }
}
