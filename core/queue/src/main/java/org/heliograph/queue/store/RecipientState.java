package org.heliograph.queue.store;

/** What a recipient of a message is waiting for, or what became of it. */
public enum RecipientState {
  /** Waits for its next step, perhaps until a time. */
  WAITING(true),
  /** Kept until somebody decides. */
  HELD(true),
  /** Nobody can be told what became of it: kept for the operator (the dead-letter list). */
  PARKED(true),
  /** A made message stands for it. */
  RESHAPED(false),
  /** Passed to a system that will report. */
  TRANSFERRED(false),
  /** Passed to a system that sends no positive reports. */
  RELAYED(false),
  /** Delivered here. */
  DELIVERED(false),
  /** A list, expanded here. */
  EXPANDED(false),
  /** Failed for good; whoever wanted a report has one. */
  FAILED(false),
  /** A report that nobody wanted to hear. */
  ABSORBED(false);

  private final boolean open;

  RecipientState(boolean open) {
    this.open = open;
  }

  /** Whether something is still to happen; as long as that is so the content is kept. */
  public boolean open() {
    return open;
  }
}
