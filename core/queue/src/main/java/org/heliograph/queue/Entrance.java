package org.heliograph.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;
import org.heliograph.model.Failure;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.TraceElement;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.Plan;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/**
 * Where the recipients of a new message stand first (X.411 14.3, routing decision): with a plan,
 * failed, waiting for their time, or, of a probe, answered.
 */
final class Entrance {
  private final Planner planner;
  private final EngineSettings settings;
  private final Lineage lineage;

  Entrance(Planner planner, EngineSettings settings, Lineage lineage) {
    this.planner = planner;
    this.settings = settings;
    this.lineage = lineage;
  }

  /**
   * What was decided.
   *
   * @param places of all recipients we are responsible for
   * @param failures of those that have failed already
   * @param answered of a probe, those that a message could be delivered to from here
   */
  record Decided(
      Map<RecipientId, Place> places,
      Map<RecipientId, Failure> failures,
      Set<RecipientId> answered) {}

  /** Where not to send what came back, and which step was tried in vain before. */
  private record Returned(Set<PeerName> avoid, Optional<Plan.Step> attempted) {}

  Decided decide(Draft draft, Optional<Stored> parent, Instant now) throws StoreUnavailable {
    Decided decided =
        new Decided(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    Returned returned = returned(draft.envelope());
    for (Recipient recipient : draft.envelope().recipients()) {
      if (recipient.responsible()) {
        decided
            .places()
            .put(recipient.id(), place(draft, recipient, parent, returned, now, decided));
      }
    }
    return decided;
  }

  /**
   * What came back once is rerouted (the arrival has marked our trace so): not to where it came
   * from, nor to where it was sent before.
   */
  private Returned returned(Envelope envelope) throws StoreUnavailable {
    boolean back =
        !envelope.internalTrace().isEmpty()
            && envelope.source().peer().isPresent()
            && ours(envelope.internalTrace().getLast())
            && envelope.internalTrace().getLast().action() == TraceElement.Action.REROUTED;
    if (!back) {
      return new Returned(Set.of(), Optional.empty());
    }
    Set<Plan.Step> carriers = lineage.carriers(envelope);
    Set<PeerName> avoid = carriers.stream().map(Plan.Step::peer).collect(Collectors.toSet());
    avoid.add(envelope.source().peer().get());
    return new Returned(avoid, carriers.stream().findFirst());
  }

  private boolean ours(TraceElement e) {
    return e.mta().filter(settings.mtaName()::equals).isPresent();
  }

  private Place place(
      Draft draft,
      Recipient recipient,
      Optional<Stored> parent,
      Returned returned,
      Instant now,
      Decided decided) {
    Envelope envelope = draft.envelope();
    Failure already = draft.failed().get(recipient.id());
    if (already != null) {
      return failed(recipient, already, now, decided);
    }
    Instant since = since(draft, recipient, parent, now);
    Instant later = envelope.deferUntil().filter(t -> t.isAfter(now)).orElse(since);
    if (envelope.kind() != Envelope.Kind.REPORT) {
      Optional<Place> rest = rest(draft, recipient, parent, later);
      if (rest.isPresent()) {
        return rest.get();
      }
    }
    return switch (planner.plan(
        envelope, recipient.address(), draft.content().length(), returned.avoid())) {
      case Planner.Planned planned -> {
        Optional<Failure> objection = undeliverable(envelope, recipient, planned.plan());
        if (objection.isPresent()) {
          yield failed(recipient, objection.get(), now, decided);
        }
        if (envelope.kind() == Envelope.Kind.PROBE && endsHere(planned.plan())) {
          decided.answered().add(recipient.id());
          yield new Place(
              RecipientState.DELIVERED, planned.plan(), new StepNo(0), now, 0, Optional.empty());
        }
        boolean held = planned.route().deferral() == Route.Deferral.HOLD;
        yield waiting(planned.plan(), returned.attempted(), held ? later : since);
      }
      case Planner.CannotTell cannot ->
          Place.waiting(new Plan(0, List.of()), new StepNo(0), now.plus(settings.retry().first()))
              .because(cannot.why());
      case Planner.Impossible impossible ->
          asReceived(draft.envelope(), parent.isPresent())
              .flatMap(e -> planner.alternate(e, recipient, impossible.failure()))
              .map(
                  plan ->
                      Place.waiting(plan, new StepNo(0), since)
                          .because(impossible.failure().text()))
              .orElseGet(() -> failed(recipient, impossible.failure(), now, decided));
    };
  }

  /** What was made is as old as what it was made from, so that a gateway costs it no place. */
  private static Instant since(
      Draft draft, Recipient recipient, Optional<Stored> parent, Instant now) {
    RecipientId origin = draft.origin().get(recipient.id());
    if (parent.isEmpty() || origin == null) {
      return now;
    }
    Place above = parent.get().places().get(origin);
    Instant accepted = parent.get().accepted();
    return above != null && above.notBefore().isBefore(accepted) ? above.notBefore() : accepted;
  }

  /** Alternates are for what was received, not for what a gateway made of it. */
  static Optional<Envelope> asReceived(Envelope envelope, boolean made) {
    ChannelName by = envelope.source().channel();
    return !made || by.equals(ListShaper.NAME) || by.equals(RedirectShaper.NAME)
        ? Optional.of(envelope)
        : Optional.empty();
  }

  private static Place failed(Recipient recipient, Failure failure, Instant now, Decided decided) {
    decided.failures().put(recipient.id(), failure);
    return stands(RecipientState.FAILED, now, failure.text());
  }

  static Place stands(RecipientState state, Instant now, String why) {
    return new Place(state, new Plan(0, List.of()), new StepNo(0), now, 0, Optional.of(why));
  }

  /** The step that was tried in vain stands in front, for the trace. */
  private static Place waiting(Plan plan, Optional<Plan.Step> attempted, Instant from) {
    if (attempted.isEmpty()) {
      return Place.waiting(plan, new StepNo(0), from);
    }
    List<Plan.Step> steps = new ArrayList<>();
    steps.add(attempted.get());
    steps.addAll(plan.steps());
    return Place.waiting(new Plan(plan.version(), steps), new StepNo(1), from);
  }

  /** Whether the channel at the end of a plan delivers or leads out of X.400. */
  boolean endsHere(Plan plan) {
    return planner
        .outbound(plan.steps().getLast().channel())
        .map(o -> !o.capabilities().probes())
        .orElse(false);
  }

  /**
   * Delivery without a gateway that would look at them: extensions that are critical for delivery
   * must be understood (X.411 9.1).
   */
  private Optional<Failure> undeliverable(Envelope envelope, Recipient recipient, Plan plan) {
    if (envelope.kind() == Envelope.Kind.REPORT || plan.steps().size() > 1 || !endsHere(plan)) {
      return Optional.empty();
    }
    List<Extension> all = new ArrayList<>(envelope.extensions());
    all.addAll(recipient.extensions());
    return all.stream()
        .filter(e -> e.criticality().contains(Criticality.DELIVERY) && !Understood.here(e))
        .findFirst()
        .map(e -> Failures.critical(e.type().toString()));
  }

  /** What was made goes on along the rest of the plan of what it was made from. */
  private static Optional<Place> rest(
      Draft draft, Recipient recipient, Optional<Stored> parent, Instant from) {
    RecipientId origin = draft.origin().get(recipient.id());
    if (parent.isEmpty() || origin == null) {
      return Optional.empty();
    }
    Place above = parent.get().places().get(origin);
    if (above == null || above.step().value() + 1 >= above.plan().steps().size()) {
      return Optional.empty();
    }
    return Optional.of(Place.waiting(above.plan(), above.step().next(), from));
  }
}
