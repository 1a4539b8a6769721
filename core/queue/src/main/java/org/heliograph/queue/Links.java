package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Due;
import org.heliograph.model.Failure;
import org.heliograph.model.Link;
import org.heliograph.model.Outbound;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Signal;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.Halt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that transfer messages to peers: each a virtual thread that keeps its link from one
 * dispatch to the next.
 */
final class Links {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  private final Queue queue;
  private final Planner planner;
  private final EngineSettings settings;
  private final Worker worker;
  private final Alarms alarms;

  Links(Queue queue, Planner planner, EngineSettings settings, Worker worker, Alarms alarms) {
    this.queue = queue;
    this.planner = planner;
    this.settings = settings;
    this.worker = worker;
    this.alarms = alarms;
  }

  /** Starts a worker for a peer; the schedule counts it already. */
  void start(PeerName peer) {
    Thread.ofVirtual().name("link-" + peer).start(() -> work(peer));
  }

  private void work(PeerName peer) {
    Held held = new Held();
    try {
      boolean good = true;
      while (good) {
        Optional<Due> due =
            held.link == null ? first(peer) : queue.schedule().await(peer, settings.linger());
        if (due.isEmpty()) {
          break;
        }
        try {
          good = step(peer, due.get(), held);
        } finally {
          queue.schedule().finished(due.get());
        }
      }
    } catch (RuntimeException e) {
      LOG.error("a worker for {} failed", peer, e);
      alarms.happened(Alarm.Kind.INTERNAL, peer.value(), "a worker failed: " + e);
    } finally {
      held.close();
      queue.schedule().left(peer);
    }
  }

  private Optional<Due> first(PeerName peer) {
    return queue.schedule().stopping() || queue.schedule().resting(peer)
        ? Optional.empty()
        : queue.schedule().take(peer, Optional.empty());
  }

  /** The link a worker holds, with the channel it came from. */
  private static final class Held {
    private @Nullable Link link;
    private @Nullable ChannelName channel;

    private void close() {
      Link open = link;
      link = null;
      if (open != null) {
        try {
          open.close();
        } catch (RuntimeException e) {
          LOG.error("a link of channel {} cannot be closed", channel, e);
        }
      }
    }
  }

  /** One dispatch; false if the worker should end. */
  private boolean step(PeerName peer, Due due, Held held) {
    Optional<Job> taken;
    try {
      taken = queue.take(queue.store().claim(), due);
    } catch (StoreUnavailable e) {
      queue.schedule().offer(List.of(due));
      alarms.storeFails(e);
      worker.pause(Duration.ofMillis(250));
      return true;
    }
    if (taken.isEmpty()) {
      return true;
    }
    Job job = taken.get();
    try {
      return step(peer, job, held);
    } catch (Throwable e) { // a claim that nobody gives back would keep the message for ever
      LOG.error("a step of {} failed", job.dispatch().message(), e);
      alarms.happened(
          Alarm.Kind.INTERNAL, job.dispatch().message().toString(), "a step failed: " + e);
      worker.end(
          job,
          Worker.all(job.dispatch(), Failures.internal("the switch failed")),
          List.of(),
          List.of());
      return false;
    }
  }

  private boolean step(PeerName peer, Job job, Held held) {
    if (worker.expired(job)) {
      return true;
    }
    Optional<Outbound> channel = planner.outbound(job.dispatch().channel());
    if (channel.isEmpty()) {
      replan(job);
      return true;
    }
    Link link = held.link;
    if (link == null || !link.usable() || !channel.get().name().equals(held.channel)) {
      held.close();
      try {
        link = channel.get().connect(peer);
      } catch (PeerUnavailable e) {
        queue.giveBack(job, true);
        rest(peer, e.failure());
        return false;
      } catch (RuntimeException e) {
        LOG.error("channel {} failed to connect to {}", channel.get().name(), peer, e);
        queue.giveBack(job, true);
        rest(peer, Failures.internal("the channel failed: " + e));
        return false;
      }
      held.link = link;
      held.channel = channel.get().name();
    }
    return transfer(peer, job, link, held);
  }

  private boolean transfer(PeerName peer, Job job, Link link, Held held) {
    Dispatch d = job.dispatch();
    Map<RecipientId, Outcome> outcomes;
    try {
      Content content = queue.store().contents().open(job.message().content());
      Halt.at("transfer.before");
      outcomes = link.transfer(d, job.message().envelope(), content, signal(job));
      Halt.at("transfer.after");
    } catch (StoreUnavailable e) {
      // of this message alone perhaps; if the store is down its outcome waits for that
      LOG.warn("the content of {} cannot be read: {}", d.message(), e.getMessage());
      outcomes = Worker.all(d, Failures.internal("the content cannot be read now"));
    } catch (Throwable e) { // foreign input may lead to any error: it costs its message only
      LOG.error("channel {} failed with {}", d.channel(), d.message(), e);
      alarms.happened(
          Alarm.Kind.INTERNAL, d.message().toString(), "channel " + d.channel() + " failed: " + e);
      outcomes = Worker.all(d, Failures.internal("the channel failed"));
      held.close();
    }
    if (worker.end(job, outcomes, List.of(), List.of())) {
      rest(peer, outcomes.values().stream().flatMap(Links::failure).findFirst().orElseThrow());
      return false;
    }
    queue.schedule().works(peer);
    planner.peers().works(peer);
    alarms.clear(Alarm.Kind.PEER_UNAVAILABLE, peer.value());
    return !queue.schedule().stopping();
  }

  private static java.util.stream.Stream<Failure> failure(Outcome outcome) {
    return outcome instanceof Outcome.Deferred deferred && deferred.scope() != Outcome.Scope.MESSAGE
        ? java.util.stream.Stream.of(deferred.failure())
        : java.util.stream.Stream.empty();
  }

  private void replan(Job job) {
    try {
      queue.replan(job);
      queue.giveBack(job, false);
    } catch (org.heliograph.model.StaleClaim | StoreUnavailable e) {
      queue.giveBack(job, true);
      worker.pause(Duration.ofMillis(250));
    }
  }

  private void rest(PeerName peer, Failure failure) {
    Instant until = queue.schedule().failed(peer);
    planner.peers().failed(peer);
    alarms.raise(
        Alarm.Kind.PEER_UNAVAILABLE,
        peer.value(),
        "tried again at " + until + ": " + failure.text());
  }

  private Signal signal(Job job) {
    Dispatch d = job.dispatch();
    Precedence precedence = job.message().envelope().precedence();
    return new Signal() {
      @Override
      public boolean yieldWanted() {
        return queue.schedule().yieldWanted(d.peer(), precedence);
      }

      @Override
      public boolean yieldWanted(long left) {
        boolean worthIt = left > queue.schedule().limits(d.peer()).interruptAbove();
        return (worthIt || queue.schedule().stopping()) && yieldWanted();
      }

      @Override
      public void secured(ResumePoint point) {
        queue.resume(d.message(), d.peer(), Optional.of(point));
      }
    };
  }
}
