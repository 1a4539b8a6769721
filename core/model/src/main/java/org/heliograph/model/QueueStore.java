package org.heliograph.model;

import java.util.List;
import java.util.Set;

/** What is queued, durably. When and where to is the scheduler's business. Any thread may call. */
public interface QueueStore {
  /**
   * Takes responsibility for a message; durable on return. Recognising a duplicate and accepting
   * are one act.
   *
   * @param keys by which a second copy is refused
   * @throws AlreadyAccepted if one of {@code keys} is known
   * @throws StoreUnavailable if it could not be made durable; then nothing was accepted
   */
  MessageId accept(Draft draft, Set<UniqueKey> keys) throws AlreadyAccepted, StoreUnavailable;

  /**
   * Carries out a transition, all or nothing, forced to disk on return. A repeated commit is a
   * no-op.
   *
   * @throws StaleClaim if the claim's epoch is over
   * @throws StoreUnavailable if it could not be made durable; then nothing happened and it may be
   *     tried again
   */
  void commit(Transition transition) throws StaleClaim, StoreUnavailable;

  /**
   * What waits for a peer at one precedence from behind {@code after} on: either what was not tried
   * yet, by age, or what was tried in vain, by the time when it is due again.
   *
   * @param limit at most so many, 1 to 10,000
   */
  List<Due> due(PeerName peer, Precedence precedence, Cursor after, int limit)
      throws StoreUnavailable;

  /** Claims for dispatch; what somebody else claimed or what is no longer due is left out. */
  List<Dispatch> claim(Claim claim, List<Due> what) throws StoreUnavailable;
}
