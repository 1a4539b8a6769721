package org.heliograph.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Event;

/** The octets of the other side, as lines or as they come. For the connection's owner. */
final class Incoming {
  /** What is done before a wait, above all sending what was held back. */
  interface BeforeWaiting {
    void run() throws IOException, InterruptedException;
  }

  /** The other side is gone. */
  static final class Gone extends IOException {
    private static final long serialVersionUID = 1;

    Gone(String message, Throwable cause) {
      super(message, cause);
    }

    Gone(String message) {
      super(message);
    }
  }

  /** The other side said nothing for too long. */
  static final class Silent extends IOException {
    private static final long serialVersionUID = 1;

    Silent(String message) {
      super(message);
    }
  }

  /** This switch wants the connection to end, and between two commands is the time for it. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("the switch shuts down");
    }
  }

  /** What may be wrong with a line. */
  enum Fault {
    NONE,
    TOO_LONG,
    /** A LF without a CR before it, or a CR without a LF behind it. */
    BARE_LINE_END,
    NUL
  }

  /** A line without its line end; the text of a faulty one is empty. Octets are characters. */
  record Line(String text, Fault fault) {}

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Connection connection;
  private final BeforeWaiting beforeWaiting;
  private ByteBuffer current = NOTHING;
  private boolean stop;

  Incoming(Connection connection, BeforeWaiting beforeWaiting) {
    this.connection = connection;
    this.beforeWaiting = beforeWaiting;
  }

  /** Whether octets are here that nobody has read. */
  boolean pending() {
    return current.hasRemaining();
  }

  /** Whether nothing came since the last answer: neither octets nor an end. Does not wait. */
  boolean quiet() throws InterruptedException {
    return !pending() && connection.take(Duration.ZERO) instanceof Event.TimedOut;
  }

  /** The octets that came, at least one; waits for them. The caller moves the position. */
  ByteBuffer octets(Duration patience) throws IOException, InterruptedException {
    while (!current.hasRemaining()) {
      next(patience, false);
    }
    return current;
  }

  /**
   * The next line. A line over the limit is passed over to its end.
   *
   * @param limit octets, line end included
   * @param betweenCommands whether a wish to stop may end the wait
   */
  Line line(int limit, Duration patience, boolean betweenCommands)
      throws IOException, InterruptedException {
    byte[] kept = new byte[0];
    boolean tooLong = false;
    while (true) {
      while (!current.hasRemaining()) {
        next(patience, betweenCommands && kept.length == 0);
      }
      byte[] octets = current.array();
      int from = current.arrayOffset() + current.position();
      int end = current.arrayOffset() + current.limit();
      int at = from;
      while (at < end && octets[at] != '\n') {
        at++;
      }
      boolean found = at < end;
      int until = found ? at + 1 : end;
      current.position(until - current.arrayOffset());
      if (found && !tooLong && kept.length == 0 && until - from <= limit) {
        return judged(octets, from, until);
      }
      if (tooLong || kept.length + until - from > limit) {
        tooLong = true;
      } else {
        int had = kept.length;
        kept = Arrays.copyOf(kept, had + until - from);
        System.arraycopy(octets, from, kept, had, until - from);
      }
      if (found) {
        return tooLong ? new Line("", Fault.TOO_LONG) : judged(kept, 0, kept.length);
      }
    }
  }

  private static Line judged(byte[] octets, int from, int until) {
    int end = until - 2;
    if (end < from || octets[end] != '\r') {
      return new Line("", Fault.BARE_LINE_END);
    }
    for (int i = from; i < end; i++) {
      if (octets[i] == 0) {
        return new Line("", Fault.NUL);
      }
      if (octets[i] == '\r') {
        return new Line("", Fault.BARE_LINE_END);
      }
    }
    return new Line(new String(octets, from, end - from, StandardCharsets.ISO_8859_1), Fault.NONE);
  }

  private void next(Duration patience, boolean mayStop) throws IOException, InterruptedException {
    if (stop && mayStop) {
      throw new Stopped();
    }
    beforeWaiting.run();
    switch (connection.take(patience)) {
      case Event.Received(ByteBuffer octets) -> current = heap(octets);
      case Event.InputClosed() -> throw new Gone(connection.peer() + " ended the connection");
      case Event.Closed() -> throw new Gone(connection.peer() + " closed the connection");
      case Event.Failed(Throwable cause) ->
          throw new Gone(
              "the connection with " + connection.peer() + " broke: " + cause.getMessage(), cause);
      case Event.TimedOut() ->
          throw new Silent(
              connection.peer() + " has said nothing for " + patience.toSeconds() + " s");
      case Event.Posted(Object what) -> stop = true;
    }
  }

  private static ByteBuffer heap(ByteBuffer octets) {
    if (octets.hasArray()) {
      return octets;
    }
    ByteBuffer copy = ByteBuffer.allocate(octets.remaining());
    return copy.put(octets).flip();
  }
}
