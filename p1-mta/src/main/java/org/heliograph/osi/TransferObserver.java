package org.heliograph.osi;

import java.time.Duration;
import java.util.Optional;

/** What a running transfer asks and tells, always on the association's own thread. */
public interface TransferObserver {
  /**
   * Asked between pieces of 64 KiB or less: whether to give up the transfer for something more
   * urgent.
   */
  default boolean yieldWanted() {
    return false;
  }

  /**
   * The same; this is what is asked.
   *
   * @param left octets of the APDU that are still to be sent
   */
  default boolean yieldWanted(long left) {
    return yieldWanted();
  }

  /** How long the transfer may take in all; empty for any time. */
  default Optional<Duration> limit() {
    return Optional.empty();
  }

  /** The peer has confirmed that this many octets of the APDU are safe with it. */
  default void secured(long octets) {}

  /** The same, with all that is needed to go on from there. */
  default void secured(TransferPoint point) {
    secured(point.octets());
  }

  /** Wants nothing, hears nothing. */
  static TransferObserver none() {
    return new TransferObserver() {};
  }
}
