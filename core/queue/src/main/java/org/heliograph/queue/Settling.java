package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Draft;
import org.heliograph.model.Failure;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Transition;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.Plan;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/** Turns the outcomes of a step into states, made messages and reports. Decides, writes nothing. */
final class Settling {
  /** A transition's recipients wait; one that was held meanwhile was served all the same. */
  private static final Set<RecipientState> DISPATCHED =
      Set.of(RecipientState.WAITING, RecipientState.HELD);

  private final EngineSettings settings;
  private final Planner planner;
  private final Placing placing;

  Settling(EngineSettings settings, Planner planner, Placing placing) {
    this.settings = settings;
    this.planner = planner;
    this.placing = placing;
  }

  /** The changes that a transition makes; nothing if it was carried out before. */
  Changes settle(Stored message, Transition transition, Instant now) throws StoreUnavailable {
    Map<RecipientId, Outcome> current = new LinkedHashMap<>();
    transition
        .outcomes()
        .forEach(
            (recipient, outcome) -> {
              Place place = message.places().get(recipient);
              if (place != null
                  && DISPATCHED.contains(place.state())
                  && place.step().equals(transition.step())) {
                current.put(recipient, outcome);
              }
            });
    boolean shaped =
        !transition.made().isEmpty()
            || current.values().stream().anyMatch(o -> o instanceof Outcome.Unchanged);
    Changes changes =
        new Changes(
            shaped ? Act.Kind.SHAPE : Act.Kind.TRANSFER, message.envelope().precedence(), now);
    if (current.isEmpty()) {
      return changes;
    }
    List<Reporter.End> ends = new ArrayList<>();
    changes.audit(transition.audit());
    Map<RecipientId, Set<MessageId>> into = new HashMap<>();
    for (Draft draft : transition.made()) {
      MessageId made = placing.enter(changes, draft, Optional.of(message), ends);
      draft
          .origin()
          .values()
          .forEach(origin -> into.computeIfAbsent(origin, o -> new TreeSet<>()).add(made));
    }
    Map<Outcome, Set<RecipientId>> same = new LinkedHashMap<>();
    for (Map.Entry<RecipientId, Outcome> entry : current.entrySet()) {
      Outcome outcome = checked(entry.getValue(), into.containsKey(entry.getKey()));
      if (placing.redirects(changes, message, entry.getKey(), outcome)) {
        continue;
      }
      same.computeIfAbsent(outcome, o -> new TreeSet<>()).add(entry.getKey());
      settle(changes, message, entry.getKey(), outcome, ends);
    }
    same.forEach((outcome, recipients) -> note(changes, message, recipients, outcome, into));
    placing.report(changes, ends);
    return changes;
  }

  /** A shaper that says reshaped without having made anything would lose the recipient. */
  private static Outcome checked(Outcome outcome, boolean made) {
    return outcome instanceof Outcome.Reshaped && !made
        ? Outcome.deferred(
            Outcome.Scope.MESSAGE, Failures.internal("a shaper made nothing of the message"))
        : outcome;
  }

  private void settle(
      Changes changes,
      Stored message,
      RecipientId recipient,
      Outcome outcome,
      List<Reporter.End> ends)
      throws StoreUnavailable {
    Place place = message.places().get(recipient);
    if (place == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Done done -> {
        changes.move(message, recipient, DISPATCHED, place.to(state(done)));
        changes.count(event(done));
        end(message, recipient, outcome, ends);
      }
      case Outcome.Unchanged unchanged -> {
        Place next = Place.waiting(place.plan(), place.step().next(), message.accepted());
        changes.move(message, recipient, DISPATCHED, next);
      }
      case Outcome.Reshaped reshaped -> {
        changes.move(message, recipient, DISPATCHED, place.to(RecipientState.RESHAPED));
        changes.count(Counters.Event.RESHAPED);
      }
      case Outcome.Deferred deferred -> defer(changes, message, recipient, place, deferred);
      case Outcome.Interrupted interrupted -> {
        // no attempt is counted and nothing is written: it simply comes up again
      }
      case Outcome.Held held -> {
        changes.move(
            message,
            recipient,
            DISPATCHED,
            place.to(RecipientState.HELD).because(held.releaser() + ": " + held.reason()));
        changes.count(Counters.Event.HELD);
      }
      case Outcome.Failed failed -> {
        boolean tellable = end(message, recipient, outcome, ends);
        changes.move(
            message,
            recipient,
            DISPATCHED,
            place
                .to(tellable ? RecipientState.FAILED : RecipientState.PARKED)
                .because(failed.failure().text()));
        changes.count(tellable ? Counters.Event.FAILED : Counters.Event.PARKED);
        if (failed.failure().cause() == Failure.Cause.EXPIRED) {
          changes.count(Counters.Event.EXPIRED);
        }
      }
    }
  }

  /** Notes an end for the reports; says whether anybody could be told. */
  private boolean end(
      Stored message, RecipientId recipient, Outcome outcome, List<Reporter.End> ends)
      throws StoreUnavailable {
    if (!Reporter.tellable(message)) {
      return false;
    }
    Optional<Lineage.Root> root = placing.root(message, recipient);
    if (root.isEmpty() || !Reporter.tellable(root.get().message())) {
      return false;
    }
    ends.add(new Reporter.End(root.get(), outcome));
    return true;
  }

  /** A report of delay, where one is due, about what of a message still waits. */
  Changes delayed(Stored message, Instant now) throws StoreUnavailable {
    Changes changes = new Changes(Act.Kind.OTHER, message.envelope().precedence(), now);
    List<Reporter.End> ends = new ArrayList<>();
    for (Map.Entry<RecipientId, Place> entry : message.places().entrySet()) {
      Place place = entry.getValue();
      if (place.state() == RecipientState.WAITING) {
        Outcome waits =
            new Outcome.Deferred(
                Outcome.Scope.MESSAGE,
                message.expires(),
                Failures.delayed(place.why().orElse("")),
                false);
        end(message, entry.getKey(), waits, ends);
      }
    }
    placing.report(changes, ends);
    if (!changes.entries().isEmpty()) {
      changes.late(message.id());
      changes.count(Counters.Event.DELAY_NOTICES);
    }
    return changes;
  }

  private void defer(
      Changes changes,
      Stored message,
      RecipientId recipient,
      Place place,
      Outcome.Deferred deferred) {
    if (deferred.mayHaveArrived()) {
      changes.count(Counters.Event.MAY_HAVE_ARRIVED);
    }
    if (deferred.scope() == Outcome.Scope.PEER) {
      return;
    }
    int attempts = place.attempts() + 1;
    Duration wait = settings.retry().wait(message.envelope().precedence(), attempts);
    Instant backoff = changes.now().plus(wait);
    Instant notBefore = deferred.notBefore().filter(t -> t.isAfter(backoff)).orElse(backoff);
    changes.move(
        message,
        recipient,
        DISPATCHED,
        place
            .to(RecipientState.WAITING)
            .at(notBefore)
            .withAttempts(attempts)
            .because(said(deferred.failure())));
    changes.count(Counters.Event.DEFERRED);
  }

  private static String said(Failure failure) {
    return failure.remote().map(r -> failure.text() + ": " + r).orElse(failure.text());
  }

  private static RecipientState state(Outcome.Done done) {
    return switch (done.kind()) {
      case TRANSFERRED -> RecipientState.TRANSFERRED;
      case RELAYED -> RecipientState.RELAYED;
      case DELIVERED -> RecipientState.DELIVERED;
      case EXPANDED -> RecipientState.EXPANDED;
    };
  }

  private static Counters.Event event(Outcome.Done done) {
    return switch (done.kind()) {
      case TRANSFERRED -> Counters.Event.TRANSFERRED;
      case RELAYED -> Counters.Event.RELAYED;
      case DELIVERED -> Counters.Event.DELIVERED;
      case EXPANDED -> Counters.Event.EXPANDED;
    };
  }

  private static void note(
      Changes changes,
      Stored message,
      Set<RecipientId> recipients,
      Outcome outcome,
      Map<RecipientId, Set<MessageId>> into) {
    Map<String, String> facts = new TreeMap<>();
    Place place = message.places().get(recipients.iterator().next());
    if (place != null) {
      facts.put("step", place.next().toString());
      facts.put("attempt", Integer.toString(place.attempts() + 1));
      facts.put(
          "ms-here", Long.toString(Duration.between(message.accepted(), changes.now()).toMillis()));
    }
    String event =
        switch (outcome) {
          case Outcome.Done done -> {
            done.remote().ifPresent(r -> facts.put("remote", r));
            done.reply().ifPresent(r -> facts.put("reply", r));
            yield done.kind().name().toLowerCase(Locale.ROOT);
          }
          case Outcome.Unchanged unchanged -> "passed";
          case Outcome.Reshaped reshaped -> {
            Set<String> made = new TreeSet<>();
            recipients.forEach(
                r -> into.getOrDefault(r, Set.of()).forEach(m -> made.add(m.toString())));
            facts.put("into", String.join(", ", made));
            yield "reshaped";
          }
          case Outcome.Deferred deferred -> {
            facts.putAll(Placing.failure(deferred.failure()));
            facts.put("scope", deferred.scope().name().toLowerCase(Locale.ROOT));
            if (deferred.mayHaveArrived()) {
              facts.put("may-have-arrived", "yes");
            }
            yield deferred.scope() == Outcome.Scope.PEER && !deferred.mayHaveArrived()
                ? ""
                : "deferred";
          }
          case Outcome.Interrupted interrupted -> "";
          case Outcome.Held held -> {
            facts.put("why", held.reason());
            facts.put("releaser", held.releaser());
            yield "held";
          }
          case Outcome.Failed failed -> {
            facts.putAll(Placing.failure(failed.failure()));
            yield "failed";
          }
        };
    if (!event.isEmpty()) {
      changes.audit(message.id(), recipients, event, facts);
    }
  }

  /** New plans for recipients of a message that stands before its first step, or between steps. */
  Changes replan(Stored message, Set<RecipientId> recipients, Instant now) throws StoreUnavailable {
    Changes changes = new Changes(Act.Kind.OTHER, message.envelope().precedence(), now);
    List<Reporter.End> ends = new ArrayList<>();
    for (RecipientId number : recipients) {
      Optional<Recipient> recipient = message.envelope().recipient(number);
      Place place = message.places().get(number);
      if (recipient.isEmpty() || place == null) {
        continue;
      }
      switch (planner.plan(
          message.envelope(), recipient.get().address(), message.content().length())) {
        case Planner.Planned planned -> {
          changes.move(
              message,
              number,
              DISPATCHED,
              Place.waiting(
                  planned.plan(),
                  new StepNo(0),
                  message
                      .envelope()
                      .deferUntil()
                      .filter(t -> t.isAfter(now))
                      .orElse(message.accepted())));
          changes.audit(
              message.id(), Set.of(number), "planned", Map.of("plan", planned.plan().display()));
        }
        case Planner.CannotTell cannot -> {
          int attempts = place.attempts() + 1;
          Place later =
              new Place(
                  RecipientState.WAITING,
                  new Plan(0, List.of()),
                  new StepNo(0),
                  now.plus(settings.retry().wait(message.envelope().precedence(), attempts)),
                  attempts,
                  Optional.of(cannot.why()));
          changes.move(message, number, DISPATCHED, later);
        }
        case Planner.Impossible impossible -> {
          Outcome failed = Outcome.failed(impossible.failure());
          if (placing.redirects(changes, message, number, failed)) {
            continue;
          }
          settle(changes, message, number, failed, ends);
          note(changes, message, Set.of(number), failed, Map.of());
        }
      }
    }
    placing.report(changes, ends);
    return changes;
  }

  /** Whether a plan's next step can be done by the channels of today. */
  boolean valid(ChannelName channel) {
    return planner.outbound(channel).isPresent() || planner.shaper(channel).isPresent();
  }
}
