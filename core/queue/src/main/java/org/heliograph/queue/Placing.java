package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Entry;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.Plan;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/** Decides where the recipients of a new message stand: accepted, made by a shaper, or a report. */
final class Placing {
  private final DerbyStore store;
  private final EngineSettings settings;
  private final Planner planner;
  private final Lineage lineage;
  private final ReportRewriter rewriter;
  private final Reporter reporter;

  Placing(DerbyStore store, EngineSettings settings, Planner planner) {
    this.store = store;
    this.settings = settings;
    this.planner = planner;
    this.lineage = new Lineage(store);
    this.rewriter = new ReportRewriter(lineage);
    this.reporter = new Reporter(settings);
  }

  /** Puts a message from outside into {@code changes}, with the reports that are due at once. */
  MessageId accept(Changes changes, Draft draft) throws StoreUnavailable {
    List<Reporter.End> ends = new ArrayList<>();
    MessageId id = enter(changes, draft, Optional.empty(), ends);
    report(changes, ends);
    changes.count(Counters.Event.ACCEPTED);
    return id;
  }

  /**
   * Puts a message into {@code changes}.
   *
   * @param parent what it was made from
   * @param ends takes the recipients that have failed already
   */
  MessageId enter(Changes changes, Draft given, Optional<Stored> parent, List<Reporter.End> ends)
      throws StoreUnavailable {
    MessageId id = store.newMessage();
    changes.then(() -> store.discard(given.content()));
    Draft draft = given;
    Optional<Place> fixed = Optional.empty();
    boolean rewrittenBefore =
        parent.map(p -> p.envelope().kind() == Envelope.Kind.REPORT).orElse(false);
    if (given.envelope().kind() == Envelope.Kind.REPORT && !rewrittenBefore) {
      switch (rewriter.rewrite(given)) {
        case ReportRewriter.Travels travels -> {
          draft = travels.draft();
          travels.root().ifPresent(root -> rewritten(changes, id, root));
        }
        case ReportRewriter.Unwanted unwanted -> {
          fixed =
              Optional.of(stands(RecipientState.ABSORBED, changes.now(), "nobody asked for it"));
          changes.count(Counters.Event.REPORTS_UNWANTED);
        }
        case ReportRewriter.Parked parked -> {
          fixed = Optional.of(stands(RecipientState.PARKED, changes.now(), parked.why()));
          // what it returns may be in the clear, and nobody may ever come for it
          draft = bare(given);
          changes.count(Counters.Event.PARKED);
        }
      }
    }
    Map<RecipientId, Place> places = new LinkedHashMap<>();
    Map<RecipientId, Failure> failures = new LinkedHashMap<>();
    for (Recipient recipient : draft.envelope().recipients()) {
      if (recipient.responsible()) {
        places.put(
            recipient.id(),
            fixed.isPresent() ? fixed.get() : place(changes, draft, recipient, parent, failures));
      }
    }
    Instant expires = expires(draft.envelope(), parent, changes.now());
    Stored self =
        new Stored(
            id,
            draft.envelope(),
            draft.content(),
            true,
            Optional.empty(),
            Map.of(),
            places,
            changes.now(),
            Optional.of(expires));
    for (Map.Entry<RecipientId, Failure> failed : failures.entrySet()) {
      fail(changes, self, draft, parent, failed.getKey(), failed.getValue(), places, ends);
    }
    changes.enter(new Entry(id, draft, parent.map(Stored::id), places, changes.now(), expires));
    entered(changes, id, draft, parent, places);
    return id;
  }

  /** A report without what it returns. */
  private static Draft bare(Draft given) {
    Envelope envelope = given.envelope();
    if (envelope.report().isEmpty()) {
      return given;
    }
    Envelope without =
        envelope
            .change()
            .report(envelope.report().get().withReturned(Report.Returned.NOTHING))
            .contentType(ContentTypes.UNIDENTIFIED)
            .build();
    return new Draft(without, ContentRef.empty(), given.origin(), given.failed());
  }

  private void rewritten(Changes changes, MessageId report, Stored root) {
    changes.count(Counters.Event.REPORTS_REWRITTEN);
    changes.audit(
        root.id(),
        "report-rewritten",
        Map.of("report", report.toString(), "to", originator(root.envelope())));
  }

  private static Place stands(RecipientState state, Instant now, String why) {
    return new Place(state, new Plan(0, List.of()), new StepNo(0), now, 0, Optional.of(why));
  }

  private Place place(
      Changes changes,
      Draft draft,
      Recipient recipient,
      Optional<Stored> parent,
      Map<RecipientId, Failure> failures) {
    Envelope envelope = draft.envelope();
    Instant from =
        envelope.deferUntil().filter(t -> t.isAfter(changes.now())).orElse(changes.now());
    Failure already = draft.failed().get(recipient.id());
    if (already != null) {
      failures.put(recipient.id(), already);
      return stands(RecipientState.FAILED, changes.now(), already.text());
    }
    if (envelope.kind() != Envelope.Kind.REPORT) {
      Optional<Place> rest = rest(draft, recipient, parent, from);
      if (rest.isPresent()) {
        return rest.get();
      }
    }
    return switch (planner.plan(envelope, recipient.address(), draft.content().length())) {
      case Planner.Planned planned -> Place.waiting(planned.plan(), new StepNo(0), from);
      case Planner.CannotTell cannot ->
          Place.waiting(
                  new Plan(0, List.of()),
                  new StepNo(0),
                  changes.now().plus(settings.retry().first()))
              .because(cannot.why());
      case Planner.Impossible impossible -> {
        failures.put(recipient.id(), impossible.failure());
        yield stands(RecipientState.FAILED, changes.now(), impossible.failure().text());
      }
    };
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

  private Instant expires(Envelope envelope, Optional<Stored> parent, Instant now) {
    Optional<Instant> inherited = parent.flatMap(Stored::expires);
    if (inherited.isPresent() && envelope.kind() != Envelope.Kind.REPORT) {
      return inherited.get();
    }
    Instant from = envelope.deferUntil().filter(t -> t.isAfter(now)).orElse(now);
    Duration patience = settings.retry().giveUp(envelope.precedence());
    Instant limit = from.plus(patience);
    return envelope.latestDelivery().filter(t -> t.isBefore(limit)).orElse(limit);
  }

  /** A recipient that failed before its message was there. */
  private void fail(
      Changes changes,
      Stored self,
      Draft draft,
      Optional<Stored> parent,
      RecipientId recipient,
      Failure failure,
      Map<RecipientId, Place> places,
      List<Reporter.End> ends)
      throws StoreUnavailable {
    Place place = places.get(recipient);
    RecipientId origin = draft.origin().get(recipient);
    Optional<Lineage.Root> root =
        parent.isPresent() && origin != null
            ? lineage.root(parent.get(), origin)
            : lineage.root(self, recipient);
    if (self.envelope().kind() == Envelope.Kind.REPORT || parent.isPresent() && origin == null) {
      // what exists only inside the switch is never reported on itself
      root = Optional.empty();
    }
    if (root.isPresent() && Reporter.tellable(root.get().message())) {
      ends.add(
          new Reporter.End(root.get().message(), root.get().recipient(), Outcome.failed(failure)));
      changes.count(Counters.Event.FAILED);
    } else if (place != null) {
      places.put(recipient, place.to(RecipientState.PARKED));
      changes.count(Counters.Event.PARKED);
    }
    changes.audit(self.id(), java.util.Set.of(recipient), "failed", failure(failure));
  }

  /** A failure as facts for the audit journal. */
  static Map<String, String> failure(Failure failure) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("cause", failure.cause().name().toLowerCase(java.util.Locale.ROOT));
    facts.put("why", failure.text());
    failure.x400().ifPresent(code -> facts.put("x400", code.toString()));
    failure.smtp().ifPresent(code -> facts.put("smtp", code.toString()));
    failure.remote().ifPresent(said -> facts.put("remote-said", said));
    return facts;
  }

  private static void entered(
      Changes changes,
      MessageId id,
      Draft draft,
      Optional<Stored> parent,
      Map<RecipientId, Place> places) {
    Map<String, String> facts =
        new TreeMap<>(Changes.facts(draft.envelope(), draft.content().length()));
    TreeSet<String> plans = new TreeSet<>();
    places
        .values()
        .forEach(
            p -> {
              if (p.state() == RecipientState.WAITING) {
                plans.add(p.plan().steps().isEmpty() ? "(later)" : p.plan().display());
              }
            });
    if (!plans.isEmpty()) {
      facts.put("plan", String.join("; ", plans));
    }
    parent.ifPresent(p -> facts.put("made-from", p.id().toString()));
    changes.audit(id, parent.isPresent() ? "made" : "accepted", facts);
  }

  /** Puts the reports that are due about {@code ends} into {@code changes}. */
  void report(Changes changes, List<Reporter.End> ends) throws StoreUnavailable {
    for (Reporter.Made made : reporter.reports(ends, changes.now(), store::newMessage)) {
      Map<RecipientId, Failure> failures = new LinkedHashMap<>();
      Envelope envelope = made.draft().envelope();
      Recipient to = envelope.recipients().getFirst();
      Place place = place(changes, made.draft(), to, Optional.empty(), failures);
      if (!failures.isEmpty()) {
        place = place.to(RecipientState.PARKED);
        changes.count(Counters.Event.PARKED);
      }
      Map<RecipientId, Place> places = Map.of(to.id(), place);
      changes.enter(
          new Entry(
              made.id(),
              made.draft(),
              Optional.empty(),
              places,
              changes.now(),
              expires(envelope, Optional.empty(), changes.now())));
      changes.count(Counters.Event.REPORTS);
      MessageId about = made.about().getFirst().root().id();
      changes.audit(
          about,
          "reported",
          Map.of(
              "report",
              made.id().toString(),
              "to",
              to.address().display(),
              "about",
              String.join(
                  ", ",
                  made.about().stream()
                      .map(e -> e.recipient().address().display() + " " + word(e.outcome()))
                      .toList())));
      entered(changes, made.id(), made.draft(), Optional.empty(), places);
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.kind().name().toLowerCase(java.util.Locale.ROOT);
      case Outcome.Failed failed -> "failed";
      default -> "delayed";
    };
  }

  private static String originator(Envelope envelope) {
    return envelope.originator().map(a -> a.display()).orElse("<>");
  }

  /** The received message behind a recipient. */
  Optional<Lineage.Root> root(Stored message, RecipientId recipient) throws StoreUnavailable {
    return lineage.root(message, recipient);
  }
}
