package org.heliograph.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.heliograph.mail.DsnWriter;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.Outbound;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.wire.Wire;

/**
 * Hands mail on by SMTP or LMTP. Connections that are not in use are parked for the next message
 * and closed when none comes. Thread-safe.
 */
public final class SmtpOutbound implements Outbound, AutoCloseable {
  private static final int COST = 10;

  /** A connection that waits for its next message. */
  private record Parked(ClientConnection connection, Instant until) {}

  private final Wire wire;
  private final ChannelName name;
  private final Map<PeerName, SmtpPeerSettings> peers;
  private final DsnWriter reports;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<SmtpPeerSettings, Deque<Parked>> parked = new HashMap<>();
  private boolean sweeping;
  private boolean closed;

  /**
   * @param host the name of this switch in mail, for the reports it sends
   * @param peers where messages can go
   * @param codes fills in the SMTP code of a failure that only has an X.400 code
   */
  public SmtpOutbound(
      Wire wire,
      ChannelName name,
      String host,
      Map<PeerName, SmtpPeerSettings> peers,
      UnaryOperator<Failure> codes,
      InstantSource clock) {
    this.wire = wire;
    this.name = name;
    this.peers = Map.copyOf(peers);
    this.reports = new DsnWriter(host, codes);
    this.clock = clock;
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(Form.MAIL), Long.MAX_VALUE, false, COST);
  }

  @Override
  public Link connect(PeerName peer) throws PeerUnavailable {
    SmtpPeerSettings settings = peers.get(peer);
    if (settings == null) {
      throw new PeerUnavailable(
          Failure.of(Failure.Cause.NO_ROUTE, "no SMTP peer is configured as " + peer));
    }
    while (true) {
      Optional<ClientConnection> waiting = unpark(settings);
      if (waiting.isEmpty()) {
        return new SmtpLink(this, settings, open(settings), true);
      }
      if (waiting.get().stillQuiet()) {
        return new SmtpLink(this, settings, waiting.get(), false);
      }
      waiting.get().abort();
    }
  }

  ClientConnection open(SmtpPeerSettings settings) throws PeerUnavailable {
    return ClientConnection.open(wire, settings);
  }

  DsnWriter reports() {
    return reports;
  }

  InstantSource clock() {
    return clock;
  }

  private Optional<ClientConnection> unpark(SmtpPeerSettings settings) {
    lock.lock();
    try {
      Deque<Parked> waiting = parked.getOrDefault(settings, new ArrayDeque<>());
      // the last one first: the others may grow old and be closed
      return Optional.ofNullable(waiting.pollLast()).map(Parked::connection);
    } finally {
      lock.unlock();
    }
  }

  /** Parks a connection, or ends it. */
  void giveBack(SmtpPeerSettings settings, ClientConnection connection) {
    boolean kept = false;
    lock.lock();
    try {
      Deque<Parked> waiting = parked.computeIfAbsent(settings, s -> new ArrayDeque<>());
      if (!closed && connection.usable() && waiting.size() < settings.parked()) {
        waiting.addLast(new Parked(connection, clock.instant().plus(settings.park())));
        kept = true;
        if (!sweeping) {
          sweeping = true;
          Thread.ofVirtual().name(name + " parked connections").start(this::sweep);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      Thread.ofVirtual().name(name + " quit").start(connection::quit);
    }
  }

  /** Ends parked connections when their time is over; runs while there are any. */
  private void sweep() {
    while (true) {
      List<ClientConnection> old = new ArrayList<>();
      lock.lock();
      try {
        Instant now = clock.instant();
        parked.values().forEach(waiting -> old(waiting, now, old));
        sweeping = !closed && parked.values().stream().anyMatch(waiting -> !waiting.isEmpty());
        if (sweeping && old.isEmpty()) {
          changed.await(wait(now).toMillis() + 1, TimeUnit.MILLISECONDS);
        }
        if (!sweeping && old.isEmpty()) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
      old.forEach(ClientConnection::quit);
    }
  }

  private static void old(Deque<Parked> waiting, Instant now, List<ClientConnection> into) {
    while (!waiting.isEmpty() && !waiting.peekFirst().until().isAfter(now)) {
      into.add(waiting.removeFirst().connection());
    }
  }

  private Duration wait(Instant now) {
    return parked.values().stream()
        .filter(waiting -> !waiting.isEmpty())
        .map(waiting -> Duration.between(now, waiting.peekFirst().until()))
        .min(Duration::compareTo)
        .orElse(Duration.ofSeconds(1));
  }

  /** Ends all parked connections; those in use end when they are given back. */
  @Override
  public void close() {
    List<ClientConnection> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      parked.values().forEach(waiting -> waiting.forEach(p -> all.add(p.connection())));
      parked.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    all.forEach(ClientConnection::quit);
  }
}
