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
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.lists.RedirectShaper;
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
  private final Entrance entrance;

  Placing(DerbyStore store, EngineSettings settings, Planner planner) {
    this.store = store;
    this.settings = settings;
    this.planner = planner;
    this.lineage = new Lineage(store);
    this.rewriter = new ReportRewriter(lineage, settings.readdressing(), planner.lists());
    this.reporter = new Reporter(settings, planner.lists());
    this.entrance = new Entrance(planner, settings, lineage);
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
    boolean rewrittenBefore =
        parent.map(p -> p.envelope().kind() == Envelope.Kind.REPORT).orElse(false);
    if (given.envelope().kind() != Envelope.Kind.REPORT || rewrittenBefore) {
      put(changes, id, given, parent, ends, Optional.empty());
      return id;
    }
    switch (rewriter.rewrite(given)) {
      case ReportRewriter.Travels travels -> {
        travels.root().ifPresent(root -> rewritten(changes, id, root));
        List<Recipient> destinations = travels.draft().envelope().recipients();
        for (int i = 0; i < destinations.size(); i++) {
          // one report to each: a report has one destination (X.411 12.2.1.3)
          Draft one = to(travels.draft(), destinations.get(i));
          put(changes, i == 0 ? id : store.newMessage(), one, parent, ends, Optional.empty());
        }
      }
      case ReportRewriter.Unwanted unwanted -> {
        Place absorbed =
            Entrance.stands(RecipientState.ABSORBED, changes.now(), "nobody asked for it");
        changes.count(Counters.Event.REPORTS_UNWANTED);
        put(changes, id, given, parent, ends, Optional.of(absorbed));
      }
      case ReportRewriter.Parked parked -> {
        Place place = Entrance.stands(RecipientState.PARKED, changes.now(), parked.why());
        changes.count(Counters.Event.PARKED);
        // what it returns may be in the clear, and nobody may ever come for it
        put(changes, id, bare(given), parent, ends, Optional.of(place));
      }
    }
    return id;
  }

  private static Draft to(Draft report, Recipient destination) {
    return report.envelope().recipients().size() == 1
        ? report
        : new Draft(
            report.envelope().change().recipients(List.of(destination)).build(),
            report.content(),
            report.origin());
  }

  private void put(
      Changes changes,
      MessageId id,
      Draft given,
      Optional<Stored> parent,
      List<Reporter.End> ends,
      Optional<Place> fixed)
      throws StoreUnavailable {
    Entrance.Decided decided =
        fixed.isPresent() ? all(given, fixed.get()) : entrance.decide(given, parent, changes.now());
    Draft draft = fixed.isPresent() ? given : heard(changes, given, decided);
    Map<RecipientId, Place> places = decided.places();
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
    for (Map.Entry<RecipientId, Failure> failed : decided.failures().entrySet()) {
      fail(changes, self, draft, parent, failed.getKey(), failed.getValue(), places, ends);
    }
    for (RecipientId answered : decided.answered()) {
      answer(changes, self, draft, parent, answered, ends);
    }
    changes.enter(new Entry(id, draft, parent.map(Stored::id), places, changes.now(), expires));
    entered(changes, id, draft, parent, places);
  }

  private static Entrance.Decided all(Draft draft, Place place) {
    Map<RecipientId, Place> places = new LinkedHashMap<>();
    for (Recipient recipient : draft.envelope().recipients()) {
      places.put(recipient.id(), place);
    }
    return new Entrance.Decided(places, Map.of(), java.util.Set.of());
  }

  /** What only the originating MTA asked to hear does not reach the originator (X.411 14.4). */
  private Draft heard(Changes changes, Draft draft, Entrance.Decided decided) {
    Optional<Report> report = draft.envelope().report();
    if (report.isEmpty()
        || decided.places().values().stream()
            .anyMatch(p -> p.plan().steps().isEmpty() || !entrance.endsHere(p.plan()))) {
      return draft;
    }
    List<ReportedRecipient> wanted =
        report.get().recipients().stream()
            .filter(settings.readdressing()::originatorWants)
            .toList();
    if (wanted.isEmpty()) {
      changes.count(Counters.Event.REPORTS_UNWANTED);
      decided
          .places()
          .replaceAll(
              (r, p) ->
                  Entrance.stands(
                      RecipientState.ABSORBED, changes.now(), "its originator did not ask for it"));
      return draft;
    }
    return wanted.size() == report.get().recipients().size()
        ? draft
        : new Draft(
            draft.envelope().change().report(report.get().withRecipients(wanted)).build(),
            draft.content(),
            draft.origin());
  }

  /** A probe whose message could be delivered from here. */
  private void answer(
      Changes changes,
      Stored self,
      Draft draft,
      Optional<Stored> parent,
      RecipientId recipient,
      List<Reporter.End> ends)
      throws StoreUnavailable {
    RecipientId origin = draft.origin().get(recipient);
    Optional<Lineage.Root> root =
        parent.isPresent() && origin != null
            ? above(self, parent.get(), origin, recipient)
            : lineage.root(self, recipient);
    Outcome delivered =
        new Outcome.Done(
            Outcome.DoneKind.DELIVERED,
            changes.now(),
            Optional.empty(),
            Optional.of("a message could be delivered"));
    root.ifPresent(r -> ends.add(new Reporter.End(r, delivered)));
    changes.count(Counters.Event.DELIVERED);
    changes.audit(
        self.id(),
        java.util.Set.of(recipient),
        "probe-answered",
        Map.of("reply", "a message could be delivered"));
  }

  /** The root behind a recipient of a message that is not in the store yet. */
  private Optional<Lineage.Root> above(
      Stored self, Stored parent, RecipientId origin, RecipientId recipient)
      throws StoreUnavailable {
    return lineage.root(
        new Stored(
            self.id(),
            self.envelope(),
            self.content(),
            true,
            Optional.of(parent.id()),
            Map.of(recipient, origin),
            self.places(),
            self.accepted(),
            self.expires()),
        recipient);
  }

  /**
   * Whether a recipient that failed has an alternate (X.411 14.3): then it waits for being
   * redirected instead.
   */
  boolean redirects(Changes changes, Stored message, RecipientId number, Outcome outcome) {
    Optional<Recipient> recipient = message.envelope().recipient(number);
    Place place = message.places().get(number);
    if (!(outcome instanceof Outcome.Failed failed)
        || recipient.isEmpty()
        || place == null
        || place.next().channel().equals(RedirectShaper.NAME)) {
      return false;
    }
    Optional<Plan> plan =
        Entrance.asReceived(message.envelope(), message.parent().isPresent())
            .flatMap(e -> planner.alternate(e, recipient.get(), failed.failure()));
    if (plan.isEmpty()) {
      return false;
    }
    changes.move(
        message,
        number,
        java.util.Set.of(RecipientState.WAITING, RecipientState.HELD),
        Place.waiting(plan.get(), new StepNo(0), message.accepted())
            .because(failed.failure().text()));
    changes.audit(message.id(), java.util.Set.of(number), "alternate", failure(failed.failure()));
    if (message.expires().filter(t -> !t.isAfter(changes.now())).isPresent()) {
      changes.expires(
          message.id(),
          changes.now().plus(settings.retry().giveUp(message.envelope().precedence())));
    }
    return true;
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

  private Instant expires(Envelope envelope, Optional<Stored> parent, Instant now) {
    Optional<Instant> inherited = parent.flatMap(Stored::expires);
    if (inherited.filter(t -> t.isAfter(now)).isPresent()
        && envelope.kind() != Envelope.Kind.REPORT) {
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
            ? above(self, parent.get(), origin, recipient)
            : lineage.root(self, recipient);
    if (self.envelope().kind() == Envelope.Kind.REPORT || parent.isPresent() && origin == null) {
      // what exists only inside the switch is never reported on itself
      root = Optional.empty();
    }
    if (root.isPresent() && Reporter.tellable(root.get().message())) {
      ends.add(new Reporter.End(root.get(), Outcome.failed(failure)));
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
      Envelope envelope = made.draft().envelope();
      Recipient to = envelope.recipients().getFirst();
      Entrance.Decided decided = entrance.decide(made.draft(), Optional.empty(), changes.now());
      Draft draft = heard(changes, made.draft(), decided);
      Map<RecipientId, Place> places = decided.places();
      if (!decided.failures().isEmpty()) {
        places.replaceAll((r, p) -> p.to(RecipientState.PARKED));
        changes.count(Counters.Event.PARKED);
      }
      changes.enter(
          new Entry(
              made.id(),
              draft,
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
      entered(changes, made.id(), draft, Optional.empty(), places);
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
