package org.heliograph.model;

import java.util.List;
import java.util.Map;

/**
 * A step's result, committed all or nothing: outcomes of the recipients, the drafts that stand for
 * them from now on, and the audit rows.
 *
 * @param claim under which the step was done
 * @param message the message that was dispatched
 * @param step the step that was done; a second commit for the same message, recipient and step
 *     changes nothing
 */
public record Transition(
    Claim claim,
    MessageId message,
    StepNo step,
    Map<RecipientId, Outcome> outcomes,
    List<Draft> made,
    List<AuditRow> audit) {
  public Transition {
    outcomes = Map.copyOf(outcomes);
    made = List.copyOf(made);
    audit = List.copyOf(audit);
  }
}
