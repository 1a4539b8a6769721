package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Transition;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.StoreSettings;
import org.heliograph.queue.store.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done from time to time: watch the free space, the store and the clock, give up what
 * is too late, forget what is long over.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration BEAT = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
  private static final int AT_ONCE = 500;

  /** Messages forgotten in one transaction: more row locks would become a lock of the table. */
  private static final int FORGET = 50;

  /** So many such transactions a minute: more than a busy switch accepts. */
  private static final int BITES = 1000;

  private final Queue queue;
  private final DerbyStore store;
  private final EngineSettings settings;
  private final Alarms alarms;
  private final InstantSource clock;
  private final SteadyClock steady;
  private final Room room;
  private final Delays delays;
  private Instant lastBeat = Instant.MIN;
  private Instant lastFullLook = Instant.MIN;
  private Instant expiredUpTo = Instant.EPOCH;
  private final Map<PeerName, Instant> fallBackAt = new HashMap<>();
  private final Rerouting rerouting;

  Housekeeping(Queue queue, EngineSettings settings, Alarms alarms, SteadyClock steady, Room room) {
    this.queue = queue;
    this.store = queue.store();
    this.settings = settings;
    this.alarms = alarms;
    this.clock = steady;
    this.rerouting = new Rerouting(queue, queue.planner(), steady);
    this.steady = steady;
    this.room = room;
    this.delays = new Delays(queue, settings.retry(), steady);
  }

  /** Whether there is room for new content: closes below one mark, opens above another. */
  static final class Room {
    private final StoreSettings settings;
    private final LongSupplier usable;
    private volatile boolean open = true;

    Room(StoreSettings settings, LongSupplier usable) {
      this.settings = settings;
      this.usable = usable;
    }

    boolean open() {
      return open;
    }

    /** Looks at the disk. */
    boolean look() {
      long octets = usable.getAsLong();
      if (octets < settings.lowSpace()) {
        open = false;
      } else if (octets >= settings.enoughSpace()) {
        open = true;
      }
      return open;
    }
  }

  /** One round. */
  void round() {
    if (room.look()) {
      alarms.clear(Alarm.Kind.LOW_SPACE, "");
    } else {
      alarms.raise(Alarm.Kind.LOW_SPACE, "", "too little free space: nothing new is accepted");
    }
    if (steady.jumped()) {
      alarms.raise(
          Alarm.Kind.CLOCK_JUMPED,
          "",
          "the time of day jumped; nothing expires and nothing is released by it until it is"
              + " confirmed");
    } else {
      alarms.clear(Alarm.Kind.CLOCK_JUMPED, "");
    }
    try {
      beat();
      expire();
      delays.round();
      fallBack();
    } catch (StoreUnavailable e) {
      alarms.storeFails(e);
    } catch (RuntimeException e) {
      LOG.error("housekeeping failed", e);
      alarms.happened(Alarm.Kind.INTERNAL, "", "housekeeping failed: " + e);
    }
  }

  /** Proves that the store can write; once a minute, and each round while it is failing. */
  private void beat() throws StoreUnavailable {
    Instant now = clock.instant();
    boolean failing =
        alarms.standing().stream().anyMatch(a -> a.kind() == Alarm.Kind.STORE_UNAVAILABLE);
    if (failing || now.isAfter(lastBeat.plus(BEAT))) {
      store.seen(now);
      lastBeat = now;
      alarms.clear(Alarm.Kind.STORE_UNAVAILABLE, "");
      int given = store.resumes().expire(now);
      if (given > 0) {
        LOG.info("{} interrupted transfers were not resumed in time", given);
      }
      Instant before = now.minus(settings.store().remember());
      for (int i = 0; i < BITES && store.sweep(before, FORGET) == FORGET; i++) {
        LOG.debug("forgot {} messages", FORGET);
      }
      if (failing) {
        // what a commit made durable although it seemed to fail was never offered
        know(store.waiting());
        queue.schedule().reload();
      }
    }
  }

  /** What waits for a peer that does not answer takes an alternative route, if there is one. */
  private void fallBack() throws StoreUnavailable {
    Instant now = clock.instant();
    for (PeerName peer : queue.planner().peers().down()) {
      if (!now.isBefore(fallBackAt.getOrDefault(peer, Instant.MIN))) {
        var moved =
            rerouting.peer(peer, true, "fallback", AT_ONCE).stream().anyMatch(Rerouted::moved);
        // where nothing moves there is no other way: that is not asked all the time
        fallBackAt.put(peer, moved ? now : now.plus(BEAT));
      }
    }
  }

  /** Gives up what is too late, whatever keeps it. */
  private void expire() throws StoreUnavailable {
    Instant now = clock.instant();
    if (now.isAfter(lastFullLook.plus(LOOK_AGAIN))) {
      lastFullLook = now;
      expiredUpTo = Instant.EPOCH;
    }
    List<MessageId> late = store.expired(expiredUpTo, now, AT_ONCE);
    for (MessageId id : late) {
      Optional<Stored> message = store.load(id);
      if (message.isPresent()) {
        expire(message.get());
        expiredUpTo =
            message.get().expires().filter(t -> t.isAfter(expiredUpTo)).orElse(expiredUpTo);
      }
    }
    if (late.size() < AT_ONCE) {
      expiredUpTo = now;
    }
  }

  private void expire(Stored before) throws StoreUnavailable {
    Set<RecipientId> waiting = new HashSet<>();
    before
        .places()
        .forEach(
            (recipient, place) -> {
              if (place.state() == RecipientState.WAITING) {
                waiting.add(recipient);
              }
            });
    Set<RecipientId> free = queue.claims().take(before.id(), waiting);
    Optional<Stored> message;
    try {
      message = store.load(before.id());
    } catch (StoreUnavailable e) {
      queue.claims().give(before.id(), free);
      throw e;
    }
    Map<RecipientId, Place> places = new HashMap<>();
    for (RecipientId recipient : free) {
      Place place = message.map(m -> m.places().get(recipient)).orElse(null);
      if (place != null && place.state() == RecipientState.WAITING) {
        places.put(recipient, place);
      }
    }
    try {
      if (message.isPresent()) {
        expire(message.get(), places);
      }
    } finally {
      queue.claims().give(before.id(), free);
    }
  }

  /** One transition for recipients that share a step; never tried twice here. */
  private void expire(Stored message, Map<RecipientId, Place> places) throws StoreUnavailable {
    Map<StepNo, Map<RecipientId, Outcome>> bySteps = new HashMap<>();
    places.forEach(
        (recipient, place) ->
            bySteps
                .computeIfAbsent(place.step(), s -> new HashMap<>())
                .put(recipient, Outcome.failed(Failures.expired(place.why().orElse("")))));
    for (Map.Entry<StepNo, Map<RecipientId, Outcome>> step : bySteps.entrySet()) {
      try {
        queue.commit(
            new Transition(
                store.claim(), message.id(), step.getKey(), step.getValue(), List.of(), List.of()));
      } catch (StaleClaim e) {
        throw new IllegalStateException("this start's own claim", e);
      }
    }
  }

  /** Windows for what waited when the switch was stopped. */
  void know(Map<PeerName, ?> peers) {
    peers.keySet().forEach(queue.schedule()::know);
  }
}
