package org.heliograph.model;

import java.util.Map;

/** A connection or association in the hands of one dispatch after the other. For one thread. */
public interface Link extends AutoCloseable {
  /**
   * Transfers a message to the dispatch's recipients.
   *
   * <p>Failures of message or peer are outcomes, not exceptions; after a failure that makes the
   * link useless {@link #usable} is false.
   *
   * @return an outcome for each recipient of the dispatch
   */
  Map<RecipientId, Outcome> transfer(
      Dispatch dispatch, Envelope envelope, Content content, Signal signal);

  /** Whether another message can go over this link. */
  boolean usable();

  /** Gives the link back to the channel, which keeps or closes it. Never throws. */
  @Override
  void close();
}
