package org.heliograph.model;

import java.util.Map;

/**
 * A message before the store has taken it: from an inbound channel, from a shaper, or a report of
 * the queue's own.
 *
 * @param envelope with the recipients' final numbers
 * @param content sealed
 * @param origin of a shaper's draft: each new recipient and the recipient of the dispatched message
 *     it was made from (several may come from one); empty for what comes from outside
 * @param failed recipients that the channel took over but that are failed already, a loop or a
 *     broken bound: they are never dispatched, and a report follows if one is due
 */
public record Draft(
    Envelope envelope,
    ContentRef content,
    Map<RecipientId, RecipientId> origin,
    Map<RecipientId, Failure> failed) {
  public Draft {
    origin = Map.copyOf(origin);
    failed = Map.copyOf(failed);
  }

  public Draft(Envelope envelope, ContentRef content, Map<RecipientId, RecipientId> origin) {
    this(envelope, content, origin, Map.of());
  }

  /** A message from outside. */
  public static Draft of(Envelope envelope, ContentRef content) {
    return new Draft(envelope, content, Map.of());
  }
}
