package org.heliograph.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.heliograph.model.AuditRow;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/** What the operator may see and order. Each order leaves an audit row. Any thread may call. */
public final class Operator {
  private static final String OPERATOR = "operator";
  private static final List<RecipientState> LISTED =
      List.of(RecipientState.WAITING, RecipientState.HELD, RecipientState.PARKED);

  private final Queue queue;
  private final DerbyStore store;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final SteadyClock steady;
  private final Listing listing;
  private final Rerouting rerouting;

  Operator(
      Queue queue,
      EngineSettings settings,
      InstantSource clock,
      SteadyClock steady,
      Counters counters) {
    this.settings = settings;
    this.queue = queue;
    this.store = queue.store();
    this.clock = clock;
    this.steady = steady;
    this.listing = new Listing(queue, clock, counters);
    this.rerouting = new Rerouting(queue, queue.planner(), clock);
  }

  /** What waits, is held or is parked: the most urgent first, then by time. */
  public List<Queued> list(Optional<PeerName> peer, int limit) throws StoreUnavailable {
    return listing.first(LISTED, peer, limit);
  }

  /** The dead-letter list: what nobody can be told about. */
  public List<Queued> parked(int limit) throws StoreUnavailable {
    return listing.first(List.of(RecipientState.PARKED), Optional.empty(), limit);
  }

  /** A message with its recipients and plans. */
  public Optional<Shown> show(MessageId id) throws StoreUnavailable {
    Optional<Stored> found = store.load(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Stored m = found.get();
    return Optional.of(
        new Shown(
            id,
            m.envelope(),
            m.content().length(),
            m.kept(),
            m.parent(),
            store.madeFrom(id),
            m.places(),
            m.accepted(),
            m.expires()));
  }

  /**
   * Why a recipient is routed as it is: a pure question, nothing is changed.
   *
   * @param family of the content that a message would have
   */
  public RouteExplanation explainRoute(RouteQuestion question, ContentFamily family) {
    return queue.planner().explain(question, family);
  }

  /**
   * Decides by today's routes about what of a message waits.
   *
   * @param act false: only says what would change
   */
  public List<Rerouted> reroute(MessageId id, boolean act, String who) throws StoreUnavailable {
    return rerouting.message(id, act, who);
  }

  /**
   * Decides by today's routes about what waits for a peer.
   *
   * @param act false: only says what would change
   * @param limit most messages that are looked at, the most urgent first
   */
  public List<Rerouted> reroute(PeerName peer, boolean act, String who, int limit)
      throws StoreUnavailable {
    return rerouting.peer(peer, act, who, limit);
  }

  /** What was quarantined, the latest first. */
  public List<Act.Quarantined> quarantined(int limit) throws StoreUnavailable {
    return store.quarantined(limit);
  }

  /**
   * Tries a message again at once, also a parked one. Its peer is tried even if it rests.
   *
   * @throws NotPossible if nothing of it waits or is parked
   */
  public void retry(MessageId id, String who) throws NotPossible, StoreUnavailable {
    Stored message = message(id);
    for (Place place : message.places().values()) {
      if (place.state() == RecipientState.WAITING) {
        queue.schedule().works(place.next().peer());
      }
    }
    Instant now = clock.instant();
    change(
        message,
        Set.of(RecipientState.WAITING, RecipientState.PARKED),
        place -> place.to(RecipientState.WAITING).at(due(message, now)).withAttempts(0),
        "retried",
        Map.of("who", who),
        "nothing of it waits");
    queue.schedule().nudge();
  }

  /**
   * Keeps what waits of a message until it is released.
   *
   * @throws NotPossible if nothing of it waits, or it is being sent just now
   */
  public void hold(MessageId id, String why, String who) throws NotPossible, StoreUnavailable {
    change(
        message(id),
        Set.of(RecipientState.WAITING),
        place -> place.to(RecipientState.HELD).because("operator: " + why),
        "held",
        Map.of("who", who, "why", why),
        "nothing of it waits");
  }

  /** What another office holds is released in the name of that office, and the journal says so. */
  private static void released(String why, Optional<String> office) throws NotPossible {
    int colon = why.indexOf(": ");
    String holder = colon < 0 ? OPERATOR : why.substring(0, colon);
    if (!holder.equals(OPERATOR) && !office.equals(Optional.of(holder))) {
      throw new NotPossible(
          "it is held for the " + holder + ": release it in the name of that office");
    }
  }

  /**
   * Orders that nothing below a precedence is sent; ends what was ordered before for the same peer,
   * or for all. Outlives a restart. What is held back expires as usual.
   *
   * @param peer to whom; absent: to all
   * @param level the lowest precedence that is still sent
   * @param until when the order ends by itself
   */
  public void minimize(Optional<PeerName> peer, Precedence level, Instant until, String who)
      throws StoreUnavailable {
    store.minimize(peer, Optional.of(level), until);
    note(
        "minimized",
        Map.of(
            "who",
            who,
            "peer",
            peer.map(PeerName::value).orElse("all"),
            "level",
            level.name().toLowerCase(Locale.ROOT),
            "until",
            until.toString()));
    queue.schedule().minimize(minimized(store));
  }

  /**
   * Ends an order to minimize.
   *
   * @throws NotPossible if there is none for this peer, or for all
   */
  public void endMinimize(Optional<PeerName> peer, String who)
      throws NotPossible, StoreUnavailable {
    if (minimized(store).stream().noneMatch(m -> m.peer().equals(peer))) {
      throw new NotPossible(
          "nothing is minimized for " + peer.map(PeerName::value).orElse("all peers"));
    }
    store.minimize(peer, Optional.empty(), Instant.EPOCH);
    note("minimize-ended", Map.of("who", who, "peer", peer.map(PeerName::value).orElse("all")));
    queue.schedule().minimize(minimized(store));
  }

  /** The orders to minimize that stand. */
  public List<Minimized> minimized() throws StoreUnavailable {
    Instant now = clock.instant();
    return minimized(store).stream().filter(m -> m.until().isAfter(now)).toList();
  }

  static List<Minimized> minimized(DerbyStore store) throws StoreUnavailable {
    return store.minimized().stream()
        .map(m -> new Minimized(m.peer(), m.level(), m.until()))
        .toList();
  }

  /** An order that concerns no single message, for the journal. */
  void note(String event, Map<String, String> facts) throws StoreUnavailable {
    Changes changes = new Changes(Act.Kind.OTHER, Precedence.OVERRIDE, clock.instant());
    changes.audit(
        List.of(new AuditRow(Optional.empty(), Optional.empty(), clock.instant(), event, facts)));
    try {
      queue.perform(changes, store.claim());
    } catch (StaleClaim e) {
      throw new IllegalStateException("this start's own claim", e);
    }
  }

  /**
   * Lets a held message go on.
   *
   * @param office in whose name, if another than the operator holds it
   * @throws NotPossible if nothing of it is held, or it is held for another office
   */
  public void release(MessageId id, String who, Optional<String> office)
      throws NotPossible, StoreUnavailable {
    Stored message = message(id);
    Instant now = clock.instant();
    for (Place place : message.places().values()) {
      if (place.state() == RecipientState.HELD) {
        released(place.why().orElse(""), office);
      }
    }
    change(
        message,
        Set.of(RecipientState.HELD),
        place -> place.to(RecipientState.WAITING).at(due(message, now)),
        "released",
        Map.of("who", who, "office", office.orElse(OPERATOR)),
        "nothing of it is held");
  }

  /** Deferred delivery is not undone by the operator. */
  private static Instant due(Stored message, Instant now) {
    return message.envelope().deferUntil().filter(t -> t.isAfter(now)).orElse(message.accepted());
  }

  private Stored message(MessageId id) throws NotPossible, StoreUnavailable {
    Optional<Stored> found = store.load(id);
    if (found.isEmpty()) {
      throw new NotPossible("there is no message " + id);
    }
    return found.get();
  }

  private void change(
      Stored before,
      Set<RecipientState> from,
      UnaryOperator<Place> change,
      String event,
      Map<String, String> facts,
      String otherwise)
      throws NotPossible, StoreUnavailable {
    Set<RecipientId> wanted = new HashSet<>();
    before
        .places()
        .forEach(
            (recipient, place) -> {
              if (from.contains(place.state())) {
                wanted.add(recipient);
              }
            });
    if (wanted.isEmpty()) {
      throw new NotPossible(otherwise);
    }
    Set<RecipientId> free = queue.claims().take(before.id(), wanted);
    try {
      if (free.isEmpty()) {
        throw new NotPossible("it is being worked on just now");
      }
      Changes changes =
          new Changes(Act.Kind.OTHER, before.envelope().precedence(), clock.instant());
      Stored message = store.load(before.id()).orElse(before);
      for (RecipientId recipient : free) {
        Place place = message.places().get(recipient);
        if (place != null && from.contains(place.state())) {
          changes.move(message, recipient, from, change.apply(place));
        }
      }
      if (!from.contains(RecipientState.WAITING) || from.size() > 1) {
        // it goes on: with its time anew, if that was over
        Instant now = clock.instant();
        if (message.expires().map(t -> !t.isAfter(now)).orElse(true)) {
          changes.expires(
              before.id(), now.plus(settings.retry().giveUp(before.envelope().precedence())));
        }
      }
      changes.audit(before.id(), free, event, facts);
      if (!queue.perform(changes, store.claim())) {
        throw new NotPossible(otherwise);
      }
    } catch (StaleClaim e) {
      throw new IllegalStateException("this start's own claim", e);
    } finally {
      queue.claims().give(before.id(), free);
    }
    queue.schedule().nudge();
  }

  /**
   * Every event of a message, and of what it was made from and what was made from it.
   *
   * @param name its number here, Message-ID, MTS identifier, IPM identifier or ENVID
   */
  public List<AuditRow> track(String name) throws StoreUnavailable {
    Set<MessageId> family = new LinkedHashSet<>();
    for (UniqueKey.Scheme scheme : UniqueKey.Scheme.values()) {
      for (MessageId id : store.named(new UniqueKey(scheme, name))) {
        gather(id, family);
      }
    }
    if (family.isEmpty()) {
      try {
        gather(MessageId.parse(name), family);
      } catch (IllegalArgumentException e) {
        return List.of();
      }
    }
    List<AuditRow> rows = new ArrayList<>();
    for (MessageId id : family) {
      rows.addAll(store.audit(id));
    }
    rows.sort(Comparator.comparing(AuditRow::at));
    return rows;
  }

  private void gather(MessageId id, Set<MessageId> family) throws StoreUnavailable {
    if (family.size() > 1000 || !family.add(id)) {
      return;
    }
    Optional<Stored> message = store.load(id);
    if (message.isPresent() && message.get().parent().isPresent()) {
      gather(message.get().parent().get(), family);
    }
    for (MessageId made : store.madeFrom(id)) {
      gather(made, family);
    }
  }

  /** Whether the time of day jumped and is not believed. */
  public boolean clockJumped() {
    return steady.jumped();
  }

  /** The time of day is right: what is due by it is due. */
  public void trustClock() {
    steady.trust();
    queue.schedule().reload();
  }

  /** Checks the audit journal's chains; names the first row that is missing or was changed. */
  public Optional<String> verifyJournal() throws StoreUnavailable {
    return store.verifyJournal();
  }
}
