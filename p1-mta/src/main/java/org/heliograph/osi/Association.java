package org.heliograph.osi;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.transport.DisconnectReason;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Event;
import org.heliograph.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * An association that we opened: monologue, and the turn is always ours. Owned by one virtual
 * thread, which makes all calls; {@link #interrupt} alone is for any thread.
 */
public final class Association implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  /**
   * How much of an RTTR is still sent to a peer that has refused the APDU; beyond it the connection
   * is closed.
   */
  private static final long WORTH_FINISHING = 1 << 20;

  private final Connection connection;
  private final Times times;
  private final Stack stack;
  private final byte[] chunk = new byte[PIECE];
  private Octets bindResult = Octets.empty();
  private int activities;
  private boolean opened;
  private boolean finished;
  private @Nullable BindRefused refused;
  private @Nullable String gone;
  private @Nullable RtPrimitive last;
  private RtPrimitive.@Nullable NotTaken exception;
  private TransferObserver observer = TransferObserver.none();

  private Association(Connection connection, AssociationSettings settings) {
    this.connection = connection;
    this.times = settings.times();
    this.stack =
        new Stack(
            this::indicated,
            connection::write,
            settings.calling(),
            settings.called(),
            settings.tpduSize(),
            settings.checkpointing());
  }

  /**
   * Connects, and sets up all layers up to the user's bind.
   *
   * @param bindArgument user data of RTORQ, one complete element: for P1, {@code [16]
   *     MTABindArgument}
   * @throws BindRefused if the peer answers and refuses
   * @throws IOException if there is no connection, no answer in time, or the peer breaks the
   *     protocol (the message says in which layer, at which octet, which rule)
   */
  public static Association open(Wire wire, AssociationSettings settings, Octets bindArgument)
      throws BindRefused, IOException, InterruptedException {
    if (settings.mode() != Mode.NORMAL) {
      throw new IOException("X.410-1984 mode is not there yet: use normal mode with this peer");
    }
    Connection connection = wire.connect(settings.connect());
    Association association = new Association(connection, settings);
    try {
      association.bind(settings, bindArgument);
    } catch (Throwable failed) {
      connection.close();
      throw failed;
    }
    return association;
  }

  private void bind(AssociationSettings settings, Octets bindArgument)
      throws BindRefused, IOException, InterruptedException {
    request(
        new RtPrimitive.Open(
            new Address(settings.calling().session(), settings.calling().presentation()),
            new Address(settings.called().session(), settings.called().presentation()),
            reference(settings.reference()),
            settings.checkpointing().size(),
            settings.checkpointing().window(),
            false,
            bindArgument));
    long deadline = System.nanoTime() + times.setUp().toNanos();
    while (!opened && refused == null && gone == null) {
      if (!take(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        give("no answer within " + times.setUp().toSeconds() + " s");
      }
    }
    if (refused != null) {
      throw refused;
    }
    if (stack.refused().isPresent()) {
      int reason = stack.refused().getAsInt();
      throw new BindRefused(
          BindRefused.By.TRANSPORT,
          DisconnectReason.permanent(reason),
          peer() + " refuses the transport connection: " + DisconnectReason.text(reason),
          Optional.empty());
    }
    if (gone != null) {
      throw new IOException(peer() + ": " + gone);
    }
  }

  /** User references are BER in both modes: T61String and UTCTime (X.228 clause 8.4.1). */
  private static Reference reference(String name) {
    return new Reference(
        Codecs.TELETEX_STRING.encode(
            new Text(Text.Kind.TELETEX, Octets.of(name.getBytes(StandardCharsets.US_ASCII)))),
        Codecs.UTC_TIME.encode(Time.utc(Instant.now())),
        Octets.empty());
  }

  /** User data of RTOAC as one complete element: for P1, {@code [17] MTABindResult}. */
  public Octets bindResult() {
    return bindResult;
  }

  /** What the two sides agreed on. */
  public Checkpointing checkpointing() {
    return new Checkpointing(stack.rtse().checkpoint(), stack.rtse().window());
  }

  /** The peer's address and port, for a log line. */
  public String peer() {
    return connection.peer();
  }

  /**
   * Transfers one APDU as one activity and waits for its end to be confirmed. The EXTERNAL around
   * the APDU is written here.
   *
   * @throws IOException if the source cannot be read; the activity is discarded then, and the
   *     association may still be {@link #usable}
   */
  public TransferResult transfer(ApduSource apdu, TransferObserver observer)
      throws IOException, InterruptedException {
    if (apdu.length() < 1) {
      throw new IOException("an APDU of no octets");
    }
    if (!usable()) {
      return new TransferResult.Broken(false, why());
    }
    this.observer = observer;
    this.last = null;
    this.exception = null;
    try (InputStream octets = apdu.open()) {
      return send(apdu.length(), octets);
    } catch (InterruptedException stopped) {
      abort();
      throw stopped;
    } finally {
      this.observer = TransferObserver.none();
    }
  }

  private TransferResult send(long length, InputStream octets)
      throws IOException, InterruptedException {
    try {
      return tryToSend(length, octets);
    } catch (Lost lost) {
      return new TransferResult.Broken(ending, why());
    }
  }

  /** Whether the activity end was out when the association broke. */
  private boolean ending;

  private TransferResult tryToSend(long length, InputStream octets)
      throws IOException, InterruptedException, Lost {
    ending = false;
    long left = length;
    order(new RtPrimitive.Begin(Codecs.INTEGER.encode((long) ++activities), length));
    while (left > 0) {
      long owed = stack.rtse().owed();
      if (owed == 0 && (exception != null || observer.yieldWanted())) {
        return discard();
      }
      if (exception != null && owed > WORTH_FINISHING) {
        RtPrimitive.NotTaken said = exception;
        abort();
        return new TransferResult.Refused(said.temporary(), said.text());
      }
      long room = exception != null ? owed : stack.rtse().room();
      if (room == 0) {
        await();
        continue;
      }
      int n = (int) Math.min(Math.min(room, left), PIECE);
      read(octets, n);
      order(new RtPrimitive.Piece(ByteBuffer.wrap(chunk, 0, n)));
      left -= n;
      poll();
    }
    while (!(last instanceof RtPrimitive.EndConfirm)) {
      if (exception != null) {
        return discard();
      }
      await();
    }
    return new TransferResult.Confirmed();
  }

  private void read(InputStream octets, int n) throws IOException, InterruptedException, Lost {
    int have;
    try {
      have = octets.readNBytes(chunk, 0, n);
    } catch (IOException unreadable) {
      giveUp();
      throw unreadable;
    }
    if (have < n) {
      giveUp();
      throw new EOFException("the APDU is shorter than its source said");
    }
  }

  /**
   * The source failed: discards if the protocol is at a point where that can be said, else aborts.
   */
  private void giveUp() throws IOException, InterruptedException, Lost {
    if (stack.rtse().owed() > 0) {
      abort();
    } else {
      discard();
    }
  }

  private TransferResult discard() throws IOException, InterruptedException, Lost {
    RtPrimitive.NotTaken said = exception;
    order(new RtPrimitive.Discard(true));
    while (!(last instanceof RtPrimitive.Discarded)) {
      await();
    }
    return said == null
        ? new TransferResult.Yielded()
        : new TransferResult.Refused(said.temporary(), said.text());
  }

  /** Waits for something from the peer. */
  private void await() throws InterruptedException, Lost {
    if (!take(times.inactivity())) {
      give("nothing from the peer for " + times.inactivity().toSeconds() + " s");
    }
    if (gone != null) {
      throw new Lost();
    }
  }

  /** Takes what has come, without waiting. */
  private void poll() throws InterruptedException, Lost {
    while (gone == null && take(Duration.ZERO)) {
      // One event after the other.
    }
    if (gone != null) {
      throw new Lost();
    }
  }

  private void order(RtPrimitive request) throws InterruptedException, Lost {
    request(request);
    ending |= stack.rtse().ending();
    if (gone != null) {
      throw new Lost();
    }
  }

  /** The association broke while transferring; why stands in {@link #gone}. */
  private static final class Lost extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private void request(RtPrimitive request) throws InterruptedException {
    try {
      stack.rtse().fromAbove(request);
    } catch (IOException broken) {
      lost(String.valueOf(broken.getMessage()));
    } catch (ProtocolError error) {
      violated(error);
    }
  }

  /** Takes one event; false if none came in time. */
  private boolean take(Duration timeout) throws InterruptedException {
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
      case Event.Failed failed -> lost("the connection broke: " + failed.cause().getMessage());
      case Event.Posted other -> {
        // Nobody posts here.
      }
      case Event.TimedOut none -> {
        return false;
      }
    }
    return true;
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

  private void lost(String why) {
    if (gone == null) {
      gone = why;
    }
  }

  /** Gives the association up because of what the peer did not do. */
  private void give(String why) {
    lost(why);
    abort();
  }

  private String why() {
    return gone == null ? "the association was closed here" : gone;
  }

  private void indicated(RtPrimitive indication) {
    switch (indication) {
      case RtPrimitive.Accept accept -> {
        bindResult = accept.user();
        opened = true;
      }
      case RtPrimitive.Refuse refuse ->
          refused =
              new BindRefused(
                  BindRefused.By.USER,
                  refuse.permanent(),
                  peer() + " refuses the association",
                  refuse.user());
      case RtPrimitive.ProviderRefuse refuse ->
          refused =
              new BindRefused(
                  BindRefused.By.valueOf(refuse.by()),
                  refuse.permanent(),
                  peer() + ": " + refuse.text(),
                  Optional.empty());
      case RtPrimitive.Secured secured -> observer.secured(secured.octets());
      case RtPrimitive.NotTaken said -> exception = said;
      case RtPrimitive.Gone over -> lost(over.why());
      default -> last = indication;
    }
  }

  /**
   * Whether another transfer can be tried. Looks at what the peer has sent since, such as an abort,
   * without waiting.
   */
  public boolean usable() throws InterruptedException {
    while (!finished && gone == null && take(Duration.ZERO)) {
      // One event after the other.
    }
    return opened && !finished && gone == null && connection.open();
  }

  /**
   * Releases the association in an orderly way and closes the connection. Never throws for a peer's
   * fault.
   */
  public void release() throws InterruptedException {
    if (usable()) {
      last = null;
      request(new RtPrimitive.Close());
      long deadline = System.nanoTime() + times.release().toNanos();
      while (gone == null
          && !(last instanceof RtPrimitive.CloseConfirm)
          && take(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        // One event after the other.
      }
    }
    finished = true;
    connection.close();
  }

  /** Aborts the association (RTAB, temporary problem) and closes the connection. */
  public void abort() {
    if (!finished) {
      finished = true;
      try {
        request(new RtPrimitive.Abort(true));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      connection.close();
    }
  }

  /**
   * From any thread: cuts the connection; a transfer ends as broken as soon as its owner waits or
   * writes next.
   */
  public void interrupt() {
    connection.abort();
  }

  /** Aborts the association unless it was released. */
  @Override
  public void close() {
    abort();
  }
}
