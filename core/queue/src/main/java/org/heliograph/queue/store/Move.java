package org.heliograph.queue.store;

import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentRef;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;

/**
 * A recipient is moved from one place to another. Changes nothing if it is not, or no more, at
 * {@code step} in one of the {@code expected} states: so a repeated commit is a no-op.
 *
 * @param from where it stood when the move was decided
 * @param precedence of the message
 * @param content of the message
 * @param parent what the message was made from
 */
public record Move(
    MessageId message,
    RecipientId recipient,
    Set<RecipientState> expected,
    StepNo step,
    Place from,
    Place to,
    Precedence precedence,
    ContentRef content,
    Optional<MessageId> parent) {
  public Move {
    expected = Set.copyOf(expected);
  }
}
