package org.heliograph.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.Plan;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/**
 * Decides anew about what waits: by the operator's order, or because a peer does not answer and
 * there is another way. A plan under which a transfer was tried stays in front of the new one, so
 * that the trace can say where (X.411 12.3.1: rerouted, with the attempted domain or MTA).
 */
final class Rerouting {
  private static final Set<RecipientState> WAITING = Set.of(RecipientState.WAITING);

  private final Queue queue;
  private final Planner planner;
  private final InstantSource clock;

  Rerouting(Queue queue, Planner planner, InstantSource clock) {
    this.queue = queue;
    this.planner = planner;
    this.clock = clock;
  }

  /**
   * One message.
   *
   * @param act false: says what would change and changes nothing
   */
  List<Rerouted> message(MessageId id, boolean act, String who) throws StoreUnavailable {
    Optional<Stored> found = queue.store().load(id);
    return found.isPresent() ? reroute(found.get(), act, who) : List.of();
  }

  /** What waits for a peer, the most urgent first, at most {@code limit} messages. */
  List<Rerouted> peer(PeerName peer, boolean act, String who, int limit) throws StoreUnavailable {
    List<Rerouted> all = new ArrayList<>();
    int left = limit;
    for (Precedence precedence : Precedence.values()) {
      List<Due> waiting = queue.store().in(RecipientState.WAITING, peer, precedence, left);
      for (Due due : waiting) {
        all.addAll(message(due.message(), act, who));
      }
      left -= waiting.size();
      if (left <= 0) {
        break;
      }
    }
    return all;
  }

  private List<Rerouted> reroute(Stored before, boolean act, String who) throws StoreUnavailable {
    Set<RecipientId> waiting =
        before.places().entrySet().stream()
            .filter(e -> e.getValue().state() == RecipientState.WAITING)
            .map(Map.Entry::getKey)
            .collect(java.util.stream.Collectors.toSet());
    Set<RecipientId> free = act ? queue.claims().take(before.id(), waiting) : waiting;
    try {
      Stored message = act ? queue.store().load(before.id()).orElse(before) : before;
      return decide(message, waiting, free, act, who);
    } finally {
      if (act) {
        queue.claims().give(before.id(), free);
      }
    }
  }

  private List<Rerouted> decide(
      Stored message, Set<RecipientId> waiting, Set<RecipientId> free, boolean act, String who)
      throws StoreUnavailable {
    Instant now = clock.instant();
    Changes changes = new Changes(Act.Kind.OTHER, message.envelope().precedence(), now);
    List<Rerouted> all = new ArrayList<>();
    for (RecipientId number : waiting) {
      Optional<Recipient> recipient = message.envelope().recipient(number);
      Place place = message.places().get(number);
      if (recipient.isEmpty() || place == null || place.state() != RecipientState.WAITING) {
        continue;
      }
      Planner.Result result =
          planner.plan(message.envelope(), recipient.get().address(), message.content().length());
      String was = rest(place).display();
      String is =
          switch (result) {
            case Planner.Planned planned -> planned.plan().display();
            case Planner.Impossible none -> "no route: " + none.failure().text();
            case Planner.CannotTell cannot -> "cannot be told now: " + cannot.why();
          };
      boolean moves =
          act && free.contains(number) && result instanceof Planner.Planned && !is.equals(was);
      if (moves && result instanceof Planner.Planned planned) {
        changes.move(message, number, WAITING, anew(place, planned.plan(), from(message, now)));
        Map<String, String> facts = new TreeMap<>();
        facts.put("before", was);
        facts.put("after", is);
        facts.put("who", who);
        changes.audit(message.id(), Set.of(number), "rerouted", facts);
      }
      all.add(
          new Rerouted(message.id(), number, recipient.get().address().display(), was, is, moves));
    }
    if (!changes.nothingToWrite()) {
      perform(changes);
    }
    return all;
  }

  private void perform(Changes changes) throws StoreUnavailable {
    try {
      queue.perform(changes, queue.store().claim());
    } catch (StaleClaim e) {
      throw new IllegalStateException("this start's own claim", e);
    }
    queue.schedule().nudge();
  }

  private static Instant from(Stored message, Instant now) {
    return message.envelope().deferUntil().filter(t -> t.isAfter(now)).orElse(message.accepted());
  }

  /** What is left of a plan. */
  private static Plan rest(Place place) {
    int from = Math.min(place.step().value(), place.plan().steps().size());
    return new Plan(
        place.plan().version(), place.plan().steps().subList(from, place.plan().steps().size()));
  }

  /** The new plan; behind the step that was tried in vain, if one was. */
  private static Place anew(Place place, Plan plan, Instant from) {
    boolean tried = !place.next().peer().equals(PeerName.NONE);
    if (!tried) {
      return Place.waiting(plan, new StepNo(0), from);
    }
    List<Plan.Step> steps = new ArrayList<>();
    steps.add(place.next());
    steps.addAll(plan.steps());
    return Place.waiting(new Plan(plan.version(), steps), new StepNo(1), from);
  }
}
