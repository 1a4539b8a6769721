package org.heliograph.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.Claim;
import org.heliograph.model.Cursor;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.QueueStore;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Transition;
import org.heliograph.model.UniqueKey;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is queued, with the rules: accepted messages get their plans, outcomes become states,
 * reports are made where they are due, each in one act of the store. Any thread may call.
 */
final class Queue implements QueueStore {
  private static final Logger LOG = LoggerFactory.getLogger(Queue.class);

  private final DerbyStore store;
  private final InstantSource clock;
  private final Counters counters;
  private final Planner planner;
  private final Placing placing;
  private final Settling settling;
  private final Claims claims;
  private final Schedule schedule;

  Queue(
      DerbyStore store,
      EngineSettings settings,
      Planner planner,
      InstantSource clock,
      Counters counters) {
    this.store = store;
    this.clock = clock;
    this.counters = counters;
    this.planner = planner;
    this.placing = new Placing(store, settings, planner);
    this.settling = new Settling(settings, planner, placing);
    this.schedule = new Schedule(this, settings, clock);
    this.claims = new Claims(schedule::offer);
  }

  Planner planner() {
    return planner;
  }

  Schedule schedule() {
    return schedule;
  }

  DerbyStore store() {
    return store;
  }

  Claims claims() {
    return claims;
  }

  @Override
  public MessageId accept(Draft draft, Set<UniqueKey> keys)
      throws AlreadyAccepted, StoreUnavailable {
    Changes changes = new Changes(Act.Kind.ACCEPT, draft.envelope().precedence(), clock.instant());
    try {
      MessageId id = placing.accept(changes, draft);
      perform(changes, Optional.empty(), keys);
      return id;
    } catch (AlreadyAccepted e) {
      store.discard(draft.content());
      counters.add(Counters.Event.DUPLICATES, 1);
      throw e;
    } catch (StaleClaim e) {
      throw new IllegalStateException("nothing was claimed", e);
    } catch (StoreUnavailable e) {
      store.doubt(draft.content());
      throw e;
    } catch (IllegalStateException e) {
      LOG.error("a message cannot be stored", e);
      store.discard(draft.content());
      throw new StoreUnavailable("the message cannot be stored as it is", e);
    }
  }

  @Override
  public void commit(Transition transition) throws StaleClaim, StoreUnavailable {
    Optional<Stored> message = store.load(transition.message());
    if (message.isEmpty()) {
      return;
    }
    if (!transition.claim().equals(store.claim())) {
      throw new StaleClaim(
          "the claim " + transition.claim() + " is over; now it is " + store.claim());
    }
    Changes changes = settling.settle(message.get(), transition, clock.instant());
    if (!changes.nothingToWrite()) {
      perform(changes, transition.claim());
    }
  }

  /** Tells the originator of a message that it still waits, if anybody wants to know. */
  void noticeDelay(Stored message, Instant now) throws StaleClaim, StoreUnavailable {
    Changes changes = settling.delayed(message, now);
    if (!changes.nothingToWrite()) {
      perform(changes, store.claim());
    }
  }

  /** Performs changes that no key can refuse. */
  boolean perform(Changes changes, Claim claim) throws StaleClaim, StoreUnavailable {
    try {
      return perform(changes, Optional.of(claim), Set.of());
    } catch (AlreadyAccepted e) {
      throw new IllegalStateException("an act without keys was refused", e);
    }
  }

  private boolean perform(Changes changes, Optional<Claim> claim, Set<UniqueKey> keys)
      throws AlreadyAccepted, StaleClaim, StoreUnavailable {
    if (!store.perform(changes.act(claim, keys))) {
      return false;
    }
    changes.counts().forEach(counters::add);
    changes
        .waiting()
        .forEach(delta -> counters.waiting(delta.peer(), delta.precedence(), delta.change()));
    changes.later().forEach(Runnable::run);
    schedule.offer(changes.due());
    return true;
  }

  @Override
  public List<Due> due(PeerName peer, Precedence precedence, Cursor after, int limit)
      throws StoreUnavailable {
    return store.due(peer, precedence, after, limit);
  }

  @Override
  public List<Dispatch> claim(Claim claim, List<Due> what) throws StoreUnavailable {
    List<Dispatch> dispatches = new ArrayList<>();
    for (Due due : what) {
      take(claim, due).ifPresent(job -> dispatches.add(job.dispatch()));
    }
    return dispatches;
  }

  /** Claims what is still due of {@code due}. */
  Optional<Job> take(Claim claim, Due due) throws StoreUnavailable {
    if (!claim.equals(store.claim())) {
      return Optional.empty();
    }
    // claimed before it is read: what is read afterwards is not over already
    Set<RecipientId> free = claims.take(due);
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Optional<Stored> loaded;
    try {
      loaded = store.load(due.message());
    } catch (StoreUnavailable e) {
      claims.give(due.message(), free);
      throw e;
    } catch (RuntimeException e) {
      // its row cannot be understood: it stays where it is, and costs nobody else anything
      LOG.error("{} cannot be read from the store", due.message(), e);
      claims.give(due.message(), free);
      return Optional.empty();
    }
    Map<RecipientId, Place> places = loaded.map(m -> together(m, due)).orElse(Map.of());
    Set<RecipientId> gone = new HashSet<>(free);
    gone.removeAll(places.keySet());
    claims.give(due.message(), gone);
    free.retainAll(places.keySet());
    if (free.isEmpty() || loaded.isEmpty()) {
      return Optional.empty();
    }
    int attempts =
        places.entrySet().stream()
            .filter(e -> free.contains(e.getKey()))
            .mapToInt(e -> e.getValue().attempts())
            .max()
            .orElse(0);
    Dispatch dispatch =
        new Dispatch(
            due.message(),
            free,
            due.step(),
            due.channel(),
            due.peer(),
            attempts + 1,
            claim,
            store
                .resumes()
                .of(due.message(), due.peer())
                .filter(
                    p -> p.channel().equals(due.channel()) && p.expires().isAfter(clock.instant())),
            places.values().stream().findFirst().flatMap(Place::attempted));
    return Optional.of(new Job(dispatch, loaded.get()));
  }

  /** The recipients of a message that wait for the same step and are due. */
  private Map<RecipientId, Place> together(Stored message, Due due) {
    Instant now = clock.instant();
    Map<RecipientId, Place> same = new HashMap<>();
    message
        .places()
        .forEach(
            (recipient, place) -> {
              if (place.state() == RecipientState.WAITING
                  && place.step().equals(due.step())
                  && place.next().channel().equals(due.channel())
                  && place.next().peer().equals(due.peer())
                  && !place.notBefore().isAfter(now)) {
                same.put(recipient, place);
              }
            });
    return same;
  }

  /** Ends a claim; what still waits comes up again. */
  void giveBack(Job job, boolean again) {
    Dispatch d = job.dispatch();
    claims.give(d.message(), d.recipients());
    if (again) {
      schedule.offer(
          List.of(
              new Due(
                  d.message(),
                  d.recipients(),
                  d.step(),
                  d.channel(),
                  d.peer(),
                  job.message().envelope().precedence(),
                  d.recipients().stream()
                      .map(r -> job.message().places().get(r))
                      .filter(Objects::nonNull)
                      .map(Place::notBefore)
                      .max(Instant::compareTo)
                      .orElse(clock.instant()),
                  job.message().content().length(),
                  d.attempt() - 1)));
    }
  }

  void resume(MessageId message, PeerName peer, Optional<ResumePoint> point) {
    if (point.isEmpty()) {
      store.resumes().forget(message, peer);
      return;
    }
    try {
      store.resumes().keep(message, peer, point.get());
    } catch (StoreUnavailable e) {
      // the transfer goes on; if it breaks it starts over
      LOG.debug("{}: {}", message, e.getMessage());
    }
  }

  /** Plans anew recipients that have no plan, or one that today's routes did not make. */
  void replan(Job job) throws StaleClaim, StoreUnavailable {
    Changes changes = settling.replan(job.message(), job.dispatch().recipients(), clock.instant());
    perform(changes, job.dispatch().claim());
  }
}
