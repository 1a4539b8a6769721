package org.heliograph.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket with its limits. Made by {@link Wire#listen}. Thread-safe. */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);

  private final ListenerSettings settings;
  private final Owner owner;
  private final NioSocketAcceptor acceptor;
  private final Duration writeTimeout;
  private final ConcurrentHashMap<InetAddress, Integer> perPeer = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int serving;
  private boolean paused;

  Listener(
      ListenerSettings settings, Owner owner, NioSocketAcceptor acceptor, Duration writeTimeout) {
    this.settings = settings;
    this.owner = owner;
    this.acceptor = acceptor;
    this.writeTimeout = writeTimeout;
    acceptor.setReuseAddress(true);
    acceptor.setBacklog(512);
    acceptor.setHandler(new Sessions(this::opened));
    Sessions.configure(acceptor.getSessionConfig());
  }

  void bind() throws IOException {
    acceptor.bind(settings.address());
  }

  /** The address with the port that was really taken. */
  public InetSocketAddress address() {
    return acceptor.getLocalAddress();
  }

  /** How many connections were closed at once because a limit was reached. */
  public long refused() {
    return refused.get();
  }

  /** Connections that are being served. */
  public int serving() {
    lock.lock();
    try {
      return serving;
    } finally {
      lock.unlock();
    }
  }

  private void opened(IoSession session) {
    InetAddress peer = ((InetSocketAddress) session.getRemoteAddress()).getAddress();
    if (!admit(peer)) {
      if (refused.getAndIncrement() % 1000 == 0) {
        LOG.warn(
            "{}: connection from {} closed, limit of connections reached ({} in all, {} per address)",
            settings.name(),
            peer.getHostAddress(),
            settings.connections(),
            settings.connectionsPerPeer());
      }
      session.closeNow();
      return;
    }
    Connection connection = new Connection(session, writeTimeout);
    Sessions.attach(session, connection);
    settings.tls().ifPresent(connection::addTls);
    Thread.ofVirtual()
        .name(settings.name() + " " + connection.peer())
        .start(() -> serve(connection, peer));
  }

  private void serve(Connection connection, InetAddress peer) {
    String name = connection.peer();
    try (connection) {
      if (settings.tls().isPresent()) {
        connection.awaitTls(HANDSHAKE);
      }
      owner.serve(connection);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (TlsFailed refused) {
      LOG.warn("{}: {}", settings.name(), refused.getMessage());
    } catch (IOException gone) {
      LOG.info("{}: {}: {}", settings.name(), name, gone.getMessage());
    } catch (Exception fault) {
      LOG.error("{}: serving {} failed", settings.name(), name, fault);
    } finally {
      leave(peer);
    }
  }

  private boolean admit(InetAddress peer) {
    lock.lock();
    try {
      int ofPeer = perPeer.getOrDefault(peer, 0);
      if (paused || serving >= settings.connections() || ofPeer >= settings.connectionsPerPeer()) {
        return false;
      }
      perPeer.put(peer, ofPeer + 1);
      serving++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave(InetAddress peer) {
    lock.lock();
    try {
      perPeer.computeIfPresent(peer, (who, n) -> n == 1 ? null : n - 1);
      serving--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No new connections from now on; those that are there go on. */
  public void stopAccepting() {
    lock.lock();
    try {
      paused = true;
    } finally {
      lock.unlock();
    }
    acceptor.setCloseOnDeactivation(false);
    acceptor.unbind();
  }

  /** Waits until no connection is served; returns false if that takes longer. */
  public boolean awaitIdle(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (serving > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return serving == 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    acceptor.getManagedSessions().values().forEach(IoSession::closeNow);
    acceptor.setCloseOnDeactivation(true);
    acceptor.dispose(false);
    awaitIdle(Duration.ofNanos(TimeUnit.SECONDS.toNanos(5)));
  }
}
