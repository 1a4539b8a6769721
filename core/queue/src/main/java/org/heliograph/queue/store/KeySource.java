package org.heliograph.queue.store;

import org.heliograph.model.StoreUnavailable;

/** Numbers that are never given twice, also over crashes. Any thread may call. */
final class KeySource {
  private static final long BLOCK = 100_000;

  /** Makes durable that numbers below {@code limit} may be in use. */
  @FunctionalInterface
  interface Reservation {
    void upTo(long limit) throws StoreUnavailable;
  }

  private final Reservation reservation;
  private long next;
  private long limit;

  /**
   * @param first the first number that nobody reserved
   */
  KeySource(long first, Reservation reservation) {
    this.next = first;
    this.limit = first;
    this.reservation = reservation;
  }

  synchronized long next() throws StoreUnavailable {
    if (next >= limit) {
      reservation.upTo(limit + BLOCK);
      limit += BLOCK;
    }
    return next++;
  }
}
