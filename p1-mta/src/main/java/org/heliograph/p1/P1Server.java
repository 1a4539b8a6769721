package org.heliograph.p1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Resumes;
import org.heliograph.model.Submission;
import org.heliograph.osi.Acceptor;
import org.heliograph.wire.Listener;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;

/** Takes messages, probes and reports from peers by P1. Thread-safe. */
public final class P1Server implements AutoCloseable {
  private final Wire wire;
  private final P1Settings settings;
  private final Binding binding;
  private final Acceptor acceptor;
  private final List<Listener> listeners = new ArrayList<>();

  /**
   * @param channel the name under which messages come in
   * @param peers the peers as they are configured now; asked at each bind
   * @param submission where messages go
   * @param contents where staged content can be read again, for quarantine
   * @param pairing how precedence is written
   */
  public P1Server(
      Wire wire,
      ChannelName channel,
      P1Settings settings,
      LocalMta local,
      Supplier<PeerTable> peers,
      Submission submission,
      ContentStore contents,
      PrecedencePairing pairing,
      InstantSource clock) {
    this(
        wire,
        channel,
        settings,
        local,
        peers,
        () -> Agreements.NONE,
        submission,
        contents,
        Resumes.none(),
        pairing,
        clock);
  }

  /**
   * A server that keeps agreements with peers and goes on with interrupted transfers.
   *
   * @param agreements as they are now; asked for each message
   * @param resumes where interrupted transfers are kept; the others as above
   */
  public P1Server(
      Wire wire,
      ChannelName channel,
      P1Settings settings,
      LocalMta local,
      Supplier<PeerTable> peers,
      Supplier<Agreements> agreements,
      Submission submission,
      ContentStore contents,
      Resumes resumes,
      PrecedencePairing pairing,
      InstantSource clock) {
    this.wire = wire;
    this.settings = settings;
    Intake intake =
        new Intake(
            channel,
            settings,
            local,
            submission,
            contents,
            new Reading(pairing),
            agreements,
            clock);
    this.binding =
        new Binding(peers, intake, new Partials(channel, resumes, settings.resume(), clock));
    this.acceptor = new Acceptor(settings.acceptor(), binding);
  }

  /**
   * Starts to listen on all addresses.
   *
   * @throws IOException if one of them cannot be had; names it, and none is listened on
   */
  public synchronized P1Server start() throws IOException {
    try {
      for (P1Settings.Door door : settings.doors()) {
        listeners.add(
            wire.listen(
                new ListenerSettings(
                    "p1",
                    door.address(),
                    settings.connections(),
                    settings.connectionsPerAddress(),
                    door.tls()),
                acceptor));
      }
    } catch (IOException refused) {
      close();
      throw refused;
    }
    return this;
  }

  /** The addresses with the ports that were really taken. */
  public synchronized List<InetSocketAddress> addresses() {
    return listeners.stream().map(Listener::address).toList();
  }

  /** Associations that peers have open now. */
  public int associations() {
    return binding.associations();
  }

  /** Takes no new work, waits for transfers that are under way, then closes all connections. */
  public synchronized void close(Duration patience) {
    listeners.forEach(Listener::stopAccepting);
    acceptor.drain();
    Duration each = patience.dividedBy(Math.max(1, listeners.size()));
    listeners.forEach(l -> l.awaitIdle(each));
    close();
  }

  /** Closes all connections at once; what was not confirmed comes again. */
  @Override
  public synchronized void close() {
    listeners.forEach(Listener::close);
    listeners.clear();
  }
}
