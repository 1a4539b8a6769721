package org.heliograph.osi.layer;

import java.io.IOException;

/**
 * A protocol layer between two sinks, used by one thread. It waits for nothing and knows no time:
 * what it has to wait for stands in its state, and how long is for whoever drives it.
 *
 * @param <U> primitives exchanged with the layer above
 * @param <L> primitives exchanged with the layer below
 */
public interface Layer<U, L> {
  /** An indication or confirm of the layer below. */
  void fromBelow(L primitive) throws ProtocolError, IOException, InterruptedException;

  /**
   * A request or response of the layer above.
   *
   * @throws IllegalStateException if the primitive is not allowed now: a mistake of our own
   */
  void fromAbove(U primitive) throws ProtocolError, IOException, InterruptedException;
}
