package org.heliograph.osi;

import org.heliograph.wire.Connection;
import org.heliograph.wire.Owner;

/**
 * Serves associations that peers open: the owner of a listener's connections. Thread-safe; each connection has a
 * thread and a stack of layers of its own.
 */
public final class Acceptor implements Owner {
  public Acceptor(AcceptorSettings settings, Responder responder) {}

  /** Serves one connection from its first octet to its end. */
  @Override
  public void serve(Connection connection) throws InterruptedException {
    connection.abort();
  }

  /**
   * No new activity from now on: associations without one are aborted at once, the others when theirs has ended.
   * New connections are refused.
   */
  public void drain() {}

  /** Associations that are open now. */
  public int open() {
    return 0;
  }
}
