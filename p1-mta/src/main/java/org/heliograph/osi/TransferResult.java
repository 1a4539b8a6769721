package org.heliograph.osi;

import java.util.Optional;

/** What became of a transfer. */
public sealed interface TransferResult {
  /** The peer has confirmed the end of the activity: the APDU is its own now. */
  record Confirmed() implements TransferResult {}

  /**
   * The peer did not take the APDU (a user exception report, X.225 clause 7.9); the activity is
   * discarded on both sides. Whether the association is good for another one tells {@link
   * Association#usable}.
   *
   * @param temporary whether the same APDU may be taken another time
   * @param text what the peer said, for people
   */
  record Refused(boolean temporary, String text) implements TransferResult {}

  /**
   * We gave up on the observer's wish; the association can be used on. The activity is discarded
   * or, if the peer has something of it safe, interrupted.
   *
   * @param resume from where it can go on
   */
  record Yielded(Optional<TransferPoint> resume) implements TransferResult {
    /** Discarded. */
    public Yielded() {
      this(Optional.empty());
    }
  }

  /**
   * The peer knows nothing of the APDU that was to go on: it has to be transferred from the start.
   *
   * @param text why, for people
   */
  record NotKnown(String text) implements TransferResult {}

  /**
   * It took longer than the observer allows, and was given up: interrupted if the peer has
   * something of it safe, else discarded, or in the midst of an RTTR with the association.
   *
   * @param text for people
   */
  record TooSlow(String text) implements TransferResult {}

  /**
   * The association is gone.
   *
   * @param mayHaveArrived true from the moment that the activity end was sent: the peer may have
   *     taken the APDU
   * @param text why, for people
   */
  record Broken(boolean mayHaveArrived, String text) implements TransferResult {}
}
