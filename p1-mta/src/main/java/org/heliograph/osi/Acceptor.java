package org.heliograph.osi;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Owner;

/**
 * Serves associations that peers open: the owner of a listener's connections. Thread-safe; each
 * connection has a thread and a stack of layers of its own.
 */
public final class Acceptor implements Owner {
  private final AcceptorSettings settings;
  private final Responder responder;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  public Acceptor(AcceptorSettings settings, Responder responder) {
    this.settings = settings;
    this.responder = responder;
  }

  /** Serves one connection from its first octet to its end. */
  @Override
  public void serve(Connection connection) throws InterruptedException {
    connections.add(connection);
    try {
      if (!draining) {
        new Served(connection, settings, responder).run();
      }
    } finally {
      connections.remove(connection);
    }
  }

  /**
   * No new activity from now on: associations without one are aborted at once, the others when
   * theirs has ended. New connections are refused.
   */
  public void drain() {
    draining = true;
    connections.forEach(connection -> connection.post(Served.DRAIN));
  }

  /** Connections that are being served now. */
  public int open() {
    return connections.size();
  }
}
