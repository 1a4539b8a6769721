package org.heliograph.queue.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Draft;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * A message to be written, with everything decided.
 *
 * @param parent the message it was made from; its content is kept as long as this one is open
 * @param places where its recipients stand; of those that are absent another switch is responsible
 * @param accepted when
 * @param expires when it is given up
 */
public record Entry(
    MessageId id,
    Draft draft,
    Optional<MessageId> parent,
    Map<RecipientId, Place> places,
    Instant accepted,
    Instant expires) {
  public Entry {
    places = Map.copyOf(places);
  }

  /** How many of its recipients something is still to happen for. */
  int open() {
    return (int) places.values().stream().filter(p -> p.state().open()).count();
  }
}
