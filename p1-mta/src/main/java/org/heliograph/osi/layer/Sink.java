package org.heliograph.osi.layer;

import java.io.IOException;

/**
 * A neighbour: takes service primitives or octets in order.
 *
 * @param <P> what it takes
 */
@FunctionalInterface
public interface Sink<P> {
  /**
   * Takes one.
   *
   * @throws ProtocolError if what the peer sent cannot follow what came before
   * @throws IOException if the connection, or a store above, fails
   */
  void accept(P primitive) throws ProtocolError, IOException, InterruptedException;
}
