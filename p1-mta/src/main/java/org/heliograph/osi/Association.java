package org.heliograph.osi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.rtse.ConnectionName;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.osi.rtse.Terms;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.transport.DisconnectReason;
import org.heliograph.wire.Connection;
import org.heliograph.wire.TlsFacts;
import org.heliograph.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * An association that we opened: monologue, and the turn is always ours. Owned by one virtual
 * thread, which makes all calls; {@link #interrupt} alone is for any thread.
 */
public final class Association implements AutoCloseable {
  private final long begun = System.nanoTime();
  private final Times times;
  private final Mode mode;
  private final Driver driver;
  private final Reference reference;
  private final Optional<Octets> name;
  private Octets bindResult = Octets.empty();
  private long activities;
  private boolean opened;
  private boolean finished;
  private boolean released;
  private @Nullable BindRefused refused;
  private @Nullable Transfer transfer;

  private Association(Connection connection, AssociationSettings settings) {
    this.times = settings.times();
    this.mode = settings.mode();
    this.reference = reference(settings.reference());
    this.name = ConnectionName.of(reference).map(ConnectionName::octets);
    this.driver = new Driver(connection, settings, this::indicated);
  }

  /**
   * Connects, and sets up all layers up to the user's bind.
   *
   * @param bindArgument user data of RTORQ, one complete element: for P1, {@code [16]
   *     MTABindArgument}, in X.410-1984 mode MTABindArgument alone
   * @throws BindRefused if the peer answers and refuses
   * @throws IOException if there is no connection, no answer in time, or the peer breaks the
   *     protocol (the message says in which layer, at which octet, which rule)
   */
  public static Association open(Wire wire, AssociationSettings settings, Octets bindArgument)
      throws BindRefused, IOException, InterruptedException {
    return open(wire, settings, Optional.empty(), bindArgument);
  }

  /**
   * Recovers an association that broke, to go on with a transfer (X.228 clause 7.6). There is no
   * bind; who we are the peer knows from then, and from where we call.
   *
   * @param settings mode and checkpointing are those of the point
   * @throws BindRefused if the peer does not know the association, or is not willing
   * @throws IOException as for {@link #open}
   */
  public static Association recover(Wire wire, AssociationSettings settings, TransferPoint point)
      throws BindRefused, IOException, InterruptedException {
    Association association =
        open(
            wire,
            settings.withMode(point.mode()).withCheckpointing(point.checkpointing()),
            Optional.of(new ConnectionName(point.connection())),
            Octets.empty());
    if (!association.checkpointing().equals(point.checkpointing())) {
      association.abort();
      throw new IOException(
          association.peer()
              + " answers with "
              + association.checkpointing()
              + " to the recovery of an association with "
              + point.checkpointing());
    }
    return association;
  }

  private static Association open(
      Wire wire, AssociationSettings settings, Optional<ConnectionName> recovers, Octets argument)
      throws BindRefused, IOException, InterruptedException {
    Connection connection = wire.connect(settings.connect());
    Association association = new Association(connection, settings);
    try {
      association.bind(settings, recovers, argument);
    } catch (Throwable failed) {
      connection.close();
      throw failed;
    }
    return association;
  }

  private void bind(
      AssociationSettings settings, Optional<ConnectionName> recovers, Octets bindArgument)
      throws BindRefused, IOException, InterruptedException {
    driver.request(
        new RtPrimitive.Open(
            new Address(settings.calling().session(), settings.calling().presentation()),
            new Address(settings.called().session(), settings.called().presentation()),
            reference,
            new Terms(
                settings.checkpointing().size(),
                settings.checkpointing().window(),
                false,
                mode.applicationProtocol()),
            recovers,
            bindArgument));
    long deadline = System.nanoTime() + times.setUp().toNanos();
    while (!opened && refused == null && !driver.gone()) {
      if (!driver.take(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        driver.give("no answer within " + times.setUp().toSeconds() + " s");
      }
    }
    if (refused != null) {
      throw refused;
    }
    if (driver.stack().refused().isPresent()) {
      int reason = driver.stack().refused().getAsInt();
      throw new BindRefused(
          BindRefused.By.TRANSPORT,
          DisconnectReason.permanent(reason),
          peer() + " refuses the transport connection: " + DisconnectReason.text(reason),
          Optional.empty());
    }
    if (driver.gone()) {
      throw new PeerGone(peer() + ": " + driver.why() + afterTls());
    }
  }

  /** In TLS 1.3 our side stands before the peer has looked at our certificate. */
  private String afterTls() {
    return tls().isPresent() && driver.stack().received() == 0
        ? " right after TLS was set up: it may not take our certificate"
        : "";
  }

  /** User references are BER in both modes: T61String and UTCTime (X.228 clause 8.4.1). */
  private static Reference reference(String name) {
    return new Reference(
        Codecs.TELETEX_STRING.encode(
            new Text(Text.Kind.TELETEX, Octets.of(name.getBytes(StandardCharsets.US_ASCII)))),
        Codecs.UTC_TIME.encode(Time.utc(Instant.now())),
        Octets.empty());
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
                  peer()
                      + " refuses the association"
                      + refuse.reason().map(OpenRefusal::text).map(t -> ": " + t).orElse(""),
                  refuse.user(),
                  refuse.reason());
      case RtPrimitive.ProviderRefuse refuse ->
          refused =
              new BindRefused(
                  BindRefused.By.valueOf(refuse.by()),
                  refuse.permanent(),
                  peer() + ": " + refuse.text(),
                  Optional.empty());
      case RtPrimitive.CloseConfirm confirm -> released = true;
      case RtPrimitive.TurnPlease please -> {
        // In a monologue the turn is not for the asking, but the question does no harm.
      }
      default -> {
        if (transfer != null) {
          transfer.indicated(indication);
        }
      }
    }
  }

  /** User data of RTOAC as one complete element: for P1, {@code [17] MTABindResult}. */
  public Octets bindResult() {
    return bindResult;
  }

  /** What TLS came to, if there is TLS. */
  public Optional<TlsFacts> tls() {
    return driver.connection().tls();
  }

  /** How long ago it was opened, or recovered. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** The mode it was opened in. */
  public Mode mode() {
    return mode;
  }

  /** What the two sides agreed on. */
  public Checkpointing checkpointing() {
    Terms terms = driver.stack().rtse().terms();
    return new Checkpointing(terms.checkpoint(), terms.window());
  }

  /** By what this connection's association is recovered when it breaks. */
  public Optional<Octets> connectionName() {
    return name;
  }

  /** The peer's address and port, for a log line. */
  public String peer() {
    return driver.connection().peer();
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
    Octets activity = Codecs.INTEGER.encode(++activities);
    return transfer(
        new Transfer(this, driver, activity, apdu.length(), observer), t -> t.begin(apdu), apdu);
  }

  /**
   * Goes on with the transfer of an APDU, on the association on which it was interrupted or one
   * that has recovered it. The APDU must be the same to the octet.
   *
   * @return also {@link TransferResult.NotKnown}
   * @throws IOException as for {@link #transfer(ApduSource, TransferObserver)}
   */
  public TransferResult resume(ApduSource apdu, TransferPoint from, TransferObserver observer)
      throws IOException, InterruptedException {
    if (from.octets() >= apdu.length() || !from.checkpointing().equals(checkpointing())) {
      throw new IOException("an APDU of " + apdu.length() + " octets cannot go on at " + from);
    }
    try {
      // Numbers go on behind those of the association as it was.
      activities = Math.max(activities, Codecs.INTEGER.decode(from.activity()));
    } catch (DecodeException notOurs) {
      throw new IOException("not a name of an activity of ours: " + from.activity(), notOurs);
    }
    return transfer(
        new Transfer(this, driver, from.activity(), apdu.length(), observer),
        t -> t.resume(apdu, from),
        apdu);
  }

  private interface Way {
    TransferResult go(Transfer transfer) throws IOException, InterruptedException;
  }

  private TransferResult transfer(Transfer one, Way way, ApduSource apdu)
      throws IOException, InterruptedException {
    if (apdu.length() < 1) {
      throw new IOException("an APDU of no octets");
    }
    if (!usable()) {
      return new TransferResult.Broken(false, driver.why());
    }
    transfer = one;
    try {
      return way.go(one);
    } catch (InterruptedException stopped) {
      abort();
      throw stopped;
    } finally {
      transfer = null;
    }
  }

  /**
   * Whether another transfer can be tried. Looks at what the peer has sent since, such as an abort,
   * without waiting.
   */
  public boolean usable() throws InterruptedException {
    while (!finished && !driver.gone() && driver.take(Duration.ZERO)) {
      // One event after the other.
    }
    return opened && !finished && !driver.gone() && driver.connection().open();
  }

  /**
   * Releases the association in an orderly way and closes the connection. Never throws for a peer's
   * fault.
   */
  public void release() throws InterruptedException {
    if (usable()) {
      driver.request(new RtPrimitive.Close());
      long deadline = System.nanoTime() + times.release().toNanos();
      while (!driver.gone()
          && !released
          && driver.take(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        // One event after the other.
      }
    }
    finished = true;
    driver.connection().close();
  }

  /** Aborts the association (RTAB, temporary problem) and closes the connection. */
  public void abort() {
    if (!finished) {
      finished = true;
      try {
        driver.request(new RtPrimitive.Abort(true));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      driver.connection().close();
    }
  }

  /**
   * From any thread: cuts the connection; a transfer ends as broken as soon as its owner waits or
   * writes next.
   */
  public void interrupt() {
    driver.connection().abort();
  }

  /** Aborts the association unless it was released. */
  @Override
  public void close() {
    abort();
  }
}
