package org.heliograph.queue;

import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * What a new decision about a recipient changes.
 *
 * @param message its message
 * @param recipient its number
 * @param address the recipient, for people
 * @param before the plan that it had
 * @param after the plan that it would have, or has now; or why there is none
 * @param moved whether it was changed: not in a rehearsal, not if the plan stays the same, and not
 *     if there is no plan or it is being sent just now
 */
public record Rerouted(
    MessageId message,
    RecipientId recipient,
    String address,
    String before,
    String after,
    boolean moved) {
  /** Whether the two plans differ. */
  public boolean differs() {
    return !before.equals(after);
  }
}
