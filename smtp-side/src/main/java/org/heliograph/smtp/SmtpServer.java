package org.heliograph.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.Submission;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Listener;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;

/**
 * Takes mail in (RFC 5321). A message is acknowledged when {@link Submission#submit} has returned,
 * and not before. Thread-safe.
 */
public final class SmtpServer implements AutoCloseable {
  private final Wire wire;
  private final SmtpServerSettings settings;
  private final SmtpPolicy policy;
  private final Submission submission;
  private final InstantSource clock;
  private volatile Optional<Listener> listener = Optional.empty();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong transactions =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41));

  public SmtpServer(
      Wire wire,
      SmtpServerSettings settings,
      SmtpPolicy policy,
      Submission submission,
      InstantSource clock) {
    this.wire = wire;
    this.settings = settings;
    this.policy = policy;
    this.submission = submission;
    this.clock = clock;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException if the address cannot be had
   */
  public void start() throws IOException {
    SmtpLimits limits = settings.limits();
    ListenerSettings listening =
        new ListenerSettings(
            settings.channel().value(),
            settings.address(),
            limits.connections(),
            limits.connectionsPerPeer(),
            Optional.empty());
    listener = Optional.of(wire.listen(listening, this::serve));
  }

  private void serve(Connection connection) throws Exception {
    connections.add(connection);
    try {
      new ServerSession(connection, this).serve();
    } finally {
      connections.remove(connection);
    }
  }

  /** The address with the port that was really taken. */
  public InetSocketAddress address() {
    return listener
        .orElseThrow(() -> new IllegalStateException("the server is not started"))
        .address();
  }

  /** Connections that are being served. */
  public int serving() {
    return listener.map(Listener::serving).orElse(0);
  }

  SmtpServerSettings settings() {
    return settings;
  }

  SmtpPolicy policy() {
    return policy;
  }

  Submission submission() {
    return submission;
  }

  InstantSource clock() {
    return clock;
  }

  /** An identifier for a Received: field. */
  String nextTransaction() {
    return Long.toString(transactions.incrementAndGet(), 36);
  }

  /**
   * Takes no new connections, tells clients 421 at the end of what they are doing, and cuts off
   * those that are not done within {@code patience}. What was not acknowledged by then was not
   * accepted.
   */
  public void close(Duration patience) {
    Optional<Listener> open = listener;
    listener = Optional.empty();
    if (open.isPresent()) {
      open.get().stopAccepting();
      connections.forEach(connection -> connection.post("stop"));
      open.get().awaitIdle(patience);
      open.get().close();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }
}
