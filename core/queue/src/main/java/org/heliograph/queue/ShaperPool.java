package org.heliograph.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Due;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads, as many as cores, that run shapers: the most urgent message first. A shaper
 * that pauses lets more urgent ones run on its thread.
 */
final class ShaperPool {
  private static final Logger LOG = LoggerFactory.getLogger(ShaperPool.class);

  private final Queue queue;
  private final Planner planner;
  private final Worker worker;
  private final InstantSource clock;
  private final Alarms alarms;
  private final List<Thread> threads = new ArrayList<>();

  ShaperPool(Queue queue, Planner planner, Worker worker, InstantSource clock, Alarms alarms) {
    this.queue = queue;
    this.planner = planner;
    this.worker = worker;
    this.clock = clock;
    this.alarms = alarms;
  }

  void start(int number) {
    for (int i = 1; i <= number; i++) {
      threads.add(Thread.ofPlatform().daemon().name("shaper-" + i).start(this::work));
    }
  }

  /** Waits for the threads to finish what they do; true if all have. */
  boolean join(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean ended = true;
    for (Thread thread : threads) {
      ended &= thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    return ended;
  }

  private void work() {
    while (!queue.schedule().stopping()) {
      try {
        Optional<Due> due = queue.schedule().await(PeerName.NONE, Duration.ofSeconds(1));
        if (due.isPresent()) {
          step(due.get());
        }
      } catch (RuntimeException e) {
        LOG.error("a thread for shapers failed", e);
        alarms.happened(Alarm.Kind.INTERNAL, "", "a thread for shapers failed: " + e);
      }
    }
  }

  private void step(Due due) {
    Optional<Job> taken;
    try {
      taken = queue.take(queue.store().claim(), due);
    } catch (StoreUnavailable e) {
      queue.schedule().offer(List.of(due));
      alarms.storeFails(e);
      worker.pause(Duration.ofMillis(250));
      return;
    }
    if (taken.isEmpty()) {
      return;
    }
    Job job = taken.get();
    try {
      step(job);
    } catch (Throwable e) { // a claim that nobody gives back would keep the message for ever
      LOG.error("a step of {} failed", due.message(), e);
      alarms.happened(Alarm.Kind.INTERNAL, due.message().toString(), "a step failed: " + e);
      worker.end(
          job,
          Worker.all(job.dispatch(), Failures.internal("the switch failed")),
          List.of(),
          List.of());
    }
  }

  private void step(Job job) {
    if (worker.expired(job)) {
      return;
    }
    Optional<Shaper> shaper = planner.shaper(job.dispatch().channel());
    if (shaper.isPresent()) {
      shape(shaper.get(), job);
      return;
    }
    try {
      queue.replan(job);
      queue.giveBack(job, false);
    } catch (StaleClaim | StoreUnavailable e) {
      queue.giveBack(job, true);
      worker.pause(Duration.ofMillis(250));
    }
  }

  private void shape(Shaper shaper, Job job) {
    Dispatch d = job.dispatch();
    Precedence precedence = job.message().envelope().precedence();
    Bench bench = new Bench(queue.store(), clock, job, () -> letUrgentPass(precedence));
    Map<RecipientId, Outcome> outcomes;
    boolean failed = true;
    try {
      Content content = queue.store().contents().open(job.message().content());
      outcomes = shaper.shape(d, job.message().envelope(), content, bench);
      failed = false;
    } catch (StoreUnavailable e) {
      // of this message alone perhaps; if the store is down its outcome waits for that
      LOG.warn("shaper {} cannot work on {}: {}", d.channel(), d.message(), e.getMessage());
      outcomes = Worker.all(d, Failures.internal("content cannot be read or written now"));
    } catch (Throwable e) { // foreign input may lead to any error: it costs its message only
      LOG.error("shaper {} failed with {}", d.channel(), d.message(), e);
      alarms.happened(
          Alarm.Kind.INTERNAL, d.message().toString(), "shaper " + d.channel() + " failed: " + e);
      outcomes = Worker.all(d, Failures.internal("the shaper failed"));
    }
    bench.clear(failed);
    worker.end(job, outcomes, bench.made(), bench.notes());
  }

  /** Runs what is more urgent on this thread. Nested at most once for each precedence. */
  private void letUrgentPass(Precedence precedence) {
    while (queue.schedule().moreUrgent(PeerName.NONE, precedence)) {
      Optional<Due> due = queue.schedule().take(PeerName.NONE, Optional.of(precedence));
      if (due.isEmpty()) {
        return;
      }
      step(due.get());
    }
  }
}
