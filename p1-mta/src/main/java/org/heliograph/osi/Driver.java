package org.heliograph.osi;

import java.io.IOException;
import java.time.Duration;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.rtse.AbortCause;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Event;
import org.heliograph.wire.TlsFailed;
import org.jspecify.annotations.Nullable;

/**
 * Connection and layers of an association that we opened: turns requests and what arrives into
 * indications, until it is gone. Used by the thread that owns the association.
 */
final class Driver {
  private final Connection connection;
  private final Times times;
  private final Stack stack;
  private @Nullable String gone;
  private AbortCause cause = AbortCause.OTHER;

  /**
   * @param user takes what RTSE indicates and confirms, but for the association's end
   */
  Driver(Connection connection, AssociationSettings settings, Sink<RtPrimitive> user) {
    this.connection = connection;
    this.times = settings.times();
    this.stack =
        new Stack(
            indication -> {
              if (indication instanceof RtPrimitive.Gone over) {
                cause = over.cause();
                lost(over.why());
              } else {
                user.accept(indication);
              }
            },
            connection::write,
            settings.calling(),
            settings.called(),
            settings.tpduSize(),
            settings.checkpointing(),
            settings.mode().x410(),
            settings.sessionVersion() == 1);
  }

  /** The association broke; why stands in {@link #why}. */
  static final class Lost extends Exception {
    private static final long serialVersionUID = 1L;
  }

  Connection connection() {
    return connection;
  }

  Stack stack() {
    return stack;
  }

  boolean gone() {
    return gone != null;
  }

  String why() {
    String why = gone;
    return why == null ? "the association was released" : why;
  }

  /** What the peer's RTSE said when it aborted. */
  AbortCause cause() {
    return cause;
  }

  void lost(String why) {
    if (gone == null) {
      gone = why;
    }
  }

  void request(RtPrimitive request) throws InterruptedException {
    try {
      stack.rtse().fromAbove(request);
    } catch (IOException broken) {
      lost(String.valueOf(broken.getMessage()));
    } catch (ProtocolError error) {
      violated(error);
    }
  }

  /** Requests while a transfer is under way. */
  void order(RtPrimitive request) throws InterruptedException, Lost {
    request(request);
    if (gone != null) {
      throw new Lost();
    }
  }

  /** Takes one event; false if none came in time. */
  boolean take(Duration timeout) throws InterruptedException {
    switch (connection.take(timeout)) {
      case Event.Received octets -> {
        try {
          stack.fromWire(octets.octets());
        } catch (IOException broken) {
          lost(String.valueOf(broken.getMessage()));
        } catch (ProtocolError error) {
          violated(error);
        }
      }
      case Event.InputClosed closed -> lost("the peer closed the connection");
      case Event.Closed closed -> lost("the connection is closed");
      case Event.Failed failed -> lost("the connection broke: " + TlsFailed.words(failed.cause()));
      case Event.Posted other -> {
        // Nobody posts here.
      }
      case Event.TimedOut none -> {
        return false;
      }
    }
    return true;
  }

  /** Waits for something from the peer while a transfer is under way. */
  void await() throws InterruptedException, Lost {
    await(times.inactivity());
  }

  /** Likewise, and returns after {@code most} in any case. */
  void await(Duration most) throws InterruptedException, Lost {
    boolean shorter = most.compareTo(times.inactivity()) < 0;
    if (!take(shorter ? most : times.inactivity()) && !shorter) {
      give("nothing from the peer for " + times.inactivity().toSeconds() + " s");
    }
    if (gone != null) {
      throw new Lost();
    }
  }

  /** Takes what has come, without waiting. */
  void poll() throws InterruptedException, Lost {
    while (gone == null && take(Duration.ZERO)) {
      // One event after the other.
    }
    if (gone != null) {
      throw new Lost();
    }
  }

  /** Gives the association up because of what the peer did not do. */
  void give(String why) throws InterruptedException {
    lost(why);
    request(new RtPrimitive.Abort(true));
    connection.close();
  }

  private void violated(ProtocolError error) throws InterruptedException {
    String where = error.getMessage() + " (connection octet " + stack.received() + " and on)";
    try {
      stack.abortFor(error);
    } catch (IOException alreadyGone) {
      // It could not be told; it will see the connection end.
    }
    lost("the peer broke the protocol: " + where);
    connection.close();
  }
}
