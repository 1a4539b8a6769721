package org.heliograph.model;

/** A peer cannot be reached or refuses us now. Speaks of the peer, never of a message. */
public class PeerUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  private final Failure failure;

  public PeerUnavailable(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  public PeerUnavailable(Failure failure, Throwable cause) {
    super(failure.text(), cause);
    this.failure = failure;
  }

  /** What is wrong, for the operator and for a report when time runs out. */
  public Failure failure() {
    return failure;
  }
}
