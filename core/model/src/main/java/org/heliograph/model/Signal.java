package org.heliograph.model;

/** What the queue tells a running transfer, and what the transfer tells the queue. */
public interface Signal {
  /**
   * Whether the link should be freed for something more urgent, or for shut-down, at the next
   * convenient point.
   */
  boolean yieldWanted();

  /**
   * The same for a transfer that knows how much it has still to send: one that is nearly done is
   * not disturbed.
   *
   * @param left octets
   */
  default boolean yieldWanted(long left) {
    return yieldWanted();
  }

  /** The transfer can be resumed from here. */
  void secured(ResumePoint point);

  /** A signal that never wants anything; for tests and tools. */
  static Signal none() {
    return new Signal() {
      @Override
      public boolean yieldWanted() {
        return false;
      }

      @Override
      public void secured(ResumePoint point) {
        // nobody keeps it
      }
    };
  }
}
