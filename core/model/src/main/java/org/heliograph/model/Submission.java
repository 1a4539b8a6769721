package org.heliograph.model;

import java.util.Optional;
import java.util.Set;

/** The door of the queue for inbound channels. Any thread may call. */
public interface Submission {
  /** Whether a recipient can be served. */
  enum Answer {
    YES,
    /** No plan exists and none will: refuse the recipient now, while the sender is still there. */
    NO,
    /** A look-up cannot be answered now: take it and let the queue defer it, or answer 4xx. */
    CANNOT_TELL_NOW
  }

  /**
   * A stage for the content.
   *
   * @throws StoreUnavailable above the high-water mark, or when the store fails
   */
  Stage stage() throws StoreUnavailable;

  /** Whether a plan exists for a message of {@code family} to {@code recipient}. */
  Answer routable(Address recipient, ContentFamily family, Source source);

  /**
   * Takes responsibility; durable on return. Recipients without a plan are reported by the queue.
   *
   * @param keys by which a second copy is recognised; empty where the protocol has none
   * @throws AlreadyAccepted a duplicate: acknowledge it to the sender
   * @throws StoreUnavailable nothing was accepted: answer with a temporary refusal
   */
  MessageId submit(Draft draft, Set<UniqueKey> keys) throws AlreadyAccepted, StoreUnavailable;

  /**
   * The message that was accepted with this key, if it is still known.
   *
   * @throws StoreUnavailable if that cannot be told now
   */
  default Optional<MessageId> accepted(UniqueKey key) throws StoreUnavailable {
    return Optional.empty();
  }

  /**
   * Keeps octets that came in complete but could not be decoded, and raises an alarm; durable on
   * return.
   *
   * @param source from whom
   * @param octets sealed
   * @param why offset and rule
   */
  void quarantine(Source source, ContentRef octets, String why) throws StoreUnavailable;

  /** Whether new work is welcome; false above the high-water mark and during shut-down. */
  boolean open();
}
