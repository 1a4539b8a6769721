package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Failure;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Transition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workers for links and workers for shapers have in common: ending a dispatch. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** After so many failures of the peer with the same message the message is thought guilty. */
  private static final int STRIKES = 3;

  private final Queue queue;
  private final InstantSource clock;
  private final Alarms alarms;
  private final Map<MessageId, Integer> strikes = new ConcurrentHashMap<>();

  Worker(Queue queue, InstantSource clock, Alarms alarms) {
    this.queue = queue;
    this.clock = clock;
    this.alarms = alarms;
  }

  /** Whether a job's time is over; then it is ended here. */
  boolean expired(Job job) {
    Optional<Instant> limit = job.message().expires();
    if (limit.isEmpty() || limit.get().isAfter(clock.instant())) {
      return false;
    }
    expire(job);
    return true;
  }

  /** Gives a job up because its time is over. */
  void expire(Job job) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    job.dispatch()
        .recipients()
        .forEach(
            r -> {
              var place = job.message().places().get(r);
              String last = place == null ? "" : place.why().orElse("");
              outcomes.put(r, Outcome.failed(Failures.expired(last)));
            });
    end(job, outcomes, List.of(), List.of());
  }

  /**
   * Ends a job with its outcomes. The transition is tried until the store takes it: what was
   * transferred must not be transferred again.
   *
   * @return whether the peer is said to be at fault
   */
  boolean end(Job job, Map<RecipientId, Outcome> given, List<Draft> made, List<AuditRow> notes) {
    Dispatch d = job.dispatch();
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    boolean peerAtFault =
        given.values().stream()
            .anyMatch(o -> o instanceof Outcome.Deferred f && f.scope() != Outcome.Scope.MESSAGE);
    boolean guilty = peerAtFault && guilty(d, given);
    boolean again = false;
    for (RecipientId recipient : d.recipients()) {
      Outcome outcome = given.get(recipient);
      if (outcome == null) {
        outcome =
            Outcome.deferred(
                Outcome.Scope.MESSAGE,
                Failures.internal("the channel gave no outcome for this recipient"));
      }
      if (outcome instanceof Outcome.Deferred deferred
          && deferred.scope() != Outcome.Scope.MESSAGE) {
        outcome = guilty ? blamed(deferred) : deferred;
      }
      if (outcome instanceof Outcome.Interrupted interrupted && interrupted.resume().isPresent()) {
        queue.resume(d.message(), d.peer(), interrupted.resume());
      }
      again |=
          outcome instanceof Outcome.Interrupted
              || outcome instanceof Outcome.Deferred left && left.scope() == Outcome.Scope.PEER;
      outcomes.put(recipient, outcome);
    }
    if (outcomes.values().stream().noneMatch(Worker::maySendOn)) {
      queue.resume(d.message(), d.peer(), Optional.empty());
    }
    if (!peerAtFault) {
      strikes.remove(d.message());
    }
    commit(job, new Transition(d.claim(), d.message(), d.step(), outcomes, made, notes));
    queue.giveBack(job, again);
    return peerAtFault;
  }

  /** What broke or was interrupted may go on from where the peer has it. */
  private static boolean maySendOn(Outcome outcome) {
    return outcome instanceof Outcome.Interrupted || outcome instanceof Outcome.Deferred;
  }

  /** A message with which the peer fails time and again is not left at the head of the queue. */
  private boolean guilty(Dispatch d, Map<RecipientId, Outcome> outcomes) {
    boolean peerAlone =
        outcomes.values().stream()
            .anyMatch(o -> o instanceof Outcome.Deferred f && f.scope() == Outcome.Scope.PEER);
    if (peerAlone && strikes.merge(d.message(), 1, Integer::sum) >= STRIKES) {
      strikes.remove(d.message());
      return true;
    }
    return false;
  }

  private static Outcome blamed(Outcome.Deferred deferred) {
    return new Outcome.Deferred(
        Outcome.Scope.BOTH, deferred.notBefore(), deferred.failure(), deferred.mayHaveArrived());
  }

  private void commit(Job job, Transition transition) {
    Transition wanted = transition;
    while (true) {
      try {
        queue.commit(wanted);
        return;
      } catch (StaleClaim e) {
        LOG.error("a transition came too late: {}", e.getMessage());
        return;
      } catch (StoreUnavailable e) {
        alarms.storeFails(e);
        if (queue.schedule().stopping()) {
          LOG.warn(
              "{} may be sent again after the restart: its outcome could not be stored",
              job.dispatch().message());
          return;
        }
        pause(Duration.ofMillis(250));
      } catch (RuntimeException e) {
        LOG.error("the outcome of {} cannot be settled", job.dispatch().message(), e);
        alarms.happened(
            Alarm.Kind.INTERNAL,
            job.dispatch().message().toString(),
            "its outcome cannot be settled: " + e);
        if (!wanted.equals(transition)) {
          queue.schedule().reload();
          return;
        }
        // what can never be written is done again, after a while
        wanted =
            new Transition(
                transition.claim(),
                transition.message(),
                transition.step(),
                all(job.dispatch(), Failures.internal("the outcome could not be stored")),
                List.of(),
                List.of());
      }
    }
  }

  /** The same deferral, by the message's fault, for all recipients of a dispatch. */
  static Map<RecipientId, Outcome> all(Dispatch d, Failure failure) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    d.recipients().forEach(r -> outcomes.put(r, Outcome.deferred(Outcome.Scope.MESSAGE, failure)));
    return outcomes;
  }

  /** Waits for the store to recover, at most so long; ends early when all stops. */
  void pause(Duration most) {
    try {
      queue.schedule().awaitStop(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
