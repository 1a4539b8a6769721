package org.heliograph.queue.store;

import java.time.Instant;
import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;
import org.heliograph.model.StepNo;

/**
 * Where a recipient stands.
 *
 * @param state its state
 * @param plan its way
 * @param step which step of the plan is next, or was last
 * @param notBefore when a waiting one is due
 * @param attempts failed attempts at this step
 * @param why the reason of a hold, or the last failure; at most 1000 characters are kept
 */
public record Place(
    RecipientState state,
    Plan plan,
    StepNo step,
    Instant notBefore,
    int attempts,
    Optional<String> why) {
  /** The channel of recipients that have no plan yet. */
  public static final ChannelName PLANNING = new ChannelName("plan");

  public Place {
    why = why.map(text -> text.length() > 1000 ? text.substring(0, 1000) : text);
  }

  /** Waits for the first step of {@code plan}. */
  public static Place waiting(Plan plan, StepNo step, Instant notBefore) {
    return new Place(RecipientState.WAITING, plan, step, notBefore, 0, Optional.empty());
  }

  public Place to(RecipientState next) {
    return new Place(next, plan, step, notBefore, attempts, why);
  }

  public Place because(String reason) {
    return new Place(state, plan, step, notBefore, attempts, Optional.of(reason));
  }

  public Place at(Instant time) {
    return new Place(state, plan, step, time, attempts, why);
  }

  public Place withAttempts(int failed) {
    return new Place(state, plan, step, notBefore, failed, why);
  }

  /** The peer of the step before, if that was a transfer that was tried in vain. */
  public Optional<PeerName> attempted() {
    int before = step.value() - 1;
    return before < 0 || before >= plan.steps().size()
        ? Optional.empty()
        : Optional.of(plan.steps().get(before).peer()).filter(p -> !p.equals(PeerName.NONE));
  }

  /** The step that is next; {@link #PLANNING} if the plan has none. */
  public Plan.Step next() {
    return step.value() < plan.steps().size()
        ? plan.steps().get(step.value())
        : new Plan.Step(PLANNING, PeerName.NONE);
  }
}
