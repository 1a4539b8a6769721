package org.heliograph.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ChannelName;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.queue.store.RecipientState;

/**
 * A line of the queue's list.
 *
 * @param recipients of the message that stand there together
 * @param due when a waiting one is tried
 * @param why the last failure or the reason of the hold
 */
public record Queued(
    MessageId message,
    RecipientState state,
    Precedence precedence,
    long octets,
    int attempts,
    PeerName peer,
    ChannelName channel,
    Instant due,
    Set<RecipientId> recipients,
    Optional<String> why) {
  public Queued {
    recipients = Set.copyOf(recipients);
  }
}
