package org.heliograph.queue.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Correlated;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * A message as it stands in the store.
 *
 * @param content as it was; {@code kept} says whether it is still there
 * @param parent the message it was made from
 * @param origin for each recipient the parent's recipient it was made from
 * @param places where the recipients stand that this switch is, or was, responsible for
 */
public record Stored(
    MessageId id,
    Envelope envelope,
    ContentRef content,
    boolean kept,
    Optional<MessageId> parent,
    Map<RecipientId, RecipientId> origin,
    Map<RecipientId, Place> places,
    Instant accepted,
    Optional<Instant> expires) {
  public Stored {
    origin = Map.copyOf(origin);
    places = Map.copyOf(places);
  }

  /** What is remembered of it, for shapers. */
  public Correlated correlated() {
    return new Correlated(
        id,
        envelope.identification(),
        envelope.originator(),
        envelope.recipients(),
        envelope.contentType(),
        parent);
  }
}
