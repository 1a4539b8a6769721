package org.heliograph.p1;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Resumes;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers that come in and have something durable: by them an association is known when it is
 * recovered (X.228 clause 7.6). Thread-safe.
 */
final class Partials {
  private static final Logger LOG = LoggerFactory.getLogger(Partials.class);
  private static final long TAKE_OVER_SECONDS = 5;

  private final ChannelName channel;
  private final Resumes resumes;
  private final ResumeLimits limits;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Partial> all = new ArrayList<>();

  Partials(ChannelName channel, Resumes resumes, ResumeLimits limits, InstantSource clock) {
    this.channel = channel;
    this.resumes = resumes;
    this.limits = limits;
    this.clock = clock;
    for (ResumePoint point : resumes.all(channel)) {
      try {
        Partial partial = Partial.read(this, point);
        partial.busy(false, clock.instant());
        all.add(partial);
      } catch (IOException | IllegalArgumentException broken) {
        LOG.info("p1: an interrupted transfer starts over: {}", broken.getMessage());
        resumes.forget(channel, point.key());
      }
    }
  }

  ChannelName channel() {
    return channel;
  }

  Instant expiry() {
    return clock.instant().plus(limits.keep());
  }

  void keep(ResumePoint point) throws StoreUnavailable {
    resumes.keep(point);
  }

  /** An APDU begins on an association: the peer has seen the end of what came before on it. */
  Partial begin(InboundName association, Octets activity) {
    Partial partial = new Partial(this, InboundName.random(), association, activity);
    lock.lock();
    try {
      remove(p -> p.association().id().equals(association.id()) && p.done());
      all.add(partial);
    } finally {
      lock.unlock();
    }
    return partial;
  }

  /** The association was released: the peer knows what has been taken. */
  void released(InboundName association) {
    lock.lock();
    try {
      remove(p -> p.association().id().equals(association.id()) && p.done());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The association of which something is kept and that was on this connection. None either if
   * there are two: then the peer has named two connections alike.
   */
  Optional<InboundName> association(Octets connection) {
    lock.lock();
    try {
      List<InboundName> found =
          all.stream()
              .filter(p -> p.kept() && p.association().named(connection))
              .map(Partial::association)
              .toList();
      return found.stream().map(InboundName::id).distinct().count() == 1
          ? Optional.of(found.getFirst())
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes over what is kept of an APDU, unless it is under way. */
  Optional<Partial> take(InboundName association, Octets activity) {
    lock.lock();
    try {
      Optional<Partial> found =
          all.stream().filter(p -> p.kept() && p.is(association, activity)).findFirst();
      if (found.isEmpty() || found.get().busy()) {
        return Optional.empty();
      }
      found.get().busy(true, clock.instant());
      found.get().on(association);
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no APDU of an association is under way; false if that takes too long. */
  boolean awaitIdle(InboundName association) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(TAKE_OVER_SECONDS);
    lock.lock();
    try {
      while (all.stream()
          .anyMatch(p -> p.busy() && p.association().id().equals(association.id()))) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void interrupted(Partial partial) {
    lock.lock();
    try {
      partial.busy(false, clock.instant());
      if (!partial.kept()) {
        all.remove(partial);
      }
      changed.signalAll();
      enforce(partial.association().peer().peer());
    } finally {
      lock.unlock();
    }
  }

  void completed(Partial partial) {
    interrupted(partial);
  }

  void drop(Partial partial) {
    lock.lock();
    try {
      remove(p -> p == partial);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Of a peer's transfers that wait, the oldest go until the limits are kept. */
  private void enforce(PeerName peer) {
    Instant now = clock.instant();
    remove(p -> !p.busy() && p.idleSince().plus(limits.keep()).isBefore(now));
    while (true) {
      List<Partial> waiting =
          all.stream()
              .filter(p -> !p.busy() && p.association().peer().peer().equals(peer))
              .sorted(Comparator.comparing(Partial::idleSince))
              .toList();
      long octets = waiting.stream().mapToLong(Partial::octets).sum();
      if (waiting.size() <= limits.transfers() && octets <= limits.octets()) {
        return;
      }
      Partial oldest = waiting.getFirst();
      LOG.info("p1: {}: more interrupted transfers than are kept; the oldest starts over", peer);
      remove(p -> p == oldest);
    }
  }

  private void remove(java.util.function.Predicate<Partial> which) {
    for (Partial partial : List.copyOf(all)) {
      if (which.test(partial)) {
        all.remove(partial);
        if (partial.written()) {
          resumes.forget(channel, partial.key(channel));
        }
      }
    }
  }

  /** Transfers that could go on, for figures. */
  int waiting() {
    lock.lock();
    try {
      return (int) all.stream().filter(p -> !p.busy() && p.kept()).count();
    } finally {
      lock.unlock();
    }
  }
}
