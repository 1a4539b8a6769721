package org.heliograph.queue.store;

import java.util.Set;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;

/**
 * A recipient is moved from one place to another. Changes nothing if it is not, or no more, at
 * {@code step} in one of the {@code expected} states: so a repeated commit is a no-op.
 */
public record Move(
    MessageId message, RecipientId recipient, Set<RecipientState> expected, StepNo step, Place to) {
  public Move {
    expected = Set.copyOf(expected);
  }
}
