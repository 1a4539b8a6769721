package org.heliograph.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;
import org.heliograph.queue.store.Place;

/**
 * A message as the operator sees it; never its content.
 *
 * @param octets of its content
 * @param kept whether the content is still there
 * @param parent what it was made from
 * @param made what was made from it
 * @param places where its recipients stand, or what became of them
 */
public record Shown(
    MessageId message,
    Envelope envelope,
    long octets,
    boolean kept,
    Optional<MessageId> parent,
    List<MessageId> made,
    Map<RecipientId, Place> places,
    Instant accepted,
    Optional<Instant> expires) {
  public Shown {
    made = List.copyOf(made);
    places = Map.copyOf(places);
  }
}
