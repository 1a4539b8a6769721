package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.model.Due;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.QueueStore;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what next: windows for each peer and precedence, how many work for a peer, and which
 * peers are left alone for a while. Any thread may call.
 */
final class Schedule {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Precedence[] PRECEDENCES = Precedence.values();

  /** Entries that a window holds at most. */
  static final int WINDOW = 1000;

  private final QueueStore store;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition stopped = lock.newCondition();
  private final Map<PeerName, Lane> peers = new TreeMap<>();
  private List<Minimized> minimized = List.of();
  private Map<PeerName, PeerSettings> limits;
  private boolean stopping;

  /** When the store may be asked again after it could not be read, by System.nanoTime. */
  private long notReadableUntil = System.nanoTime();

  private long changes;

  Schedule(QueueStore store, EngineSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.limits = settings.peers();
    this.clock = clock;
  }

  private Lane peer(PeerName name) {
    return peers.computeIfAbsent(
        name,
        n ->
            new Lane(
                n, limits.getOrDefault(n, PeerSettings.DEFAULT), lock.newCondition(), minimized));
  }

  /** The limits of peers from now on. */
  void limits(Map<PeerName, PeerSettings> others) {
    lock.lock();
    try {
      limits = Map.copyOf(others);
      peers.forEach((name, lane) -> lane.limits(limits.getOrDefault(name, PeerSettings.DEFAULT)));
    } finally {
      lock.unlock();
    }
    nudge();
  }

  /** The limits of a peer. */
  PeerSettings limits(PeerName name) {
    lock.lock();
    try {
      return limits.getOrDefault(name, PeerSettings.DEFAULT);
    } finally {
      lock.unlock();
    }
  }

  /** The orders to minimize that stand from now on. */
  void minimize(List<Minimized> orders) {
    lock.lock();
    try {
      minimized = List.copyOf(orders);
      peers.values().forEach(lane -> lane.minimize(minimized));
    } finally {
      lock.unlock();
    }
    nudge();
  }

  /** What was taken for a peer is not under way any more. */
  void finished(Due due) {
    lock.lock();
    try {
      Lane lane = peer(due.peer());
      lane.finished(due.precedence());
      lane.work.signal();
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Something waits. */
  void offer(List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (Due one : due) {
        Lane peer = peer(one.peer());
        peer.line(one.precedence()).offer(one);
        peer.work.signal();
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a peer known, for what waits for it in the store. */
  void know(PeerName name) {
    lock.lock();
    try {
      peer(name);
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    changes++;
    changed.signalAll();
  }

  /** All windows ask the store anew: it may hold what was never offered. */
  void reload() {
    lock.lock();
    try {
      peers.values().forEach(Lane::reload);
    } finally {
      lock.unlock();
    }
    nudge();
  }

  /** Everybody looks again, because the time or the store has changed. */
  void nudge() {
    lock.lock();
    try {
      wake();
      peers.values().forEach(p -> p.work.signalAll());
    } finally {
      lock.unlock();
    }
  }

  /** The most urgent entry for a peer that is due at once and above {@code floor}. */
  Optional<Due> take(PeerName name, Optional<Precedence> floor) {
    for (Precedence precedence : PRECEDENCES) {
      if (floor.isPresent() && !precedence.above(floor.get())) {
        return Optional.empty();
      }
      Optional<Due> first = take(name, precedence);
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  /** The oldest entry at a precedence that is due at once; asks the store where that is needed. */
  private Optional<Due> take(PeerName name, Precedence precedence) {
    while (true) {
      Line.Empty empty;
      lock.lock();
      try {
        Lane lane = peer(name);
        Instant now = clock.instant();
        if (!lane.open(precedence, now)) {
          return Optional.empty();
        }
        Optional<Line.Empty> unread = lane.line(precedence).empty();
        if (unread.isEmpty()) {
          return lane.take(precedence, now);
        }
        empty = unread.get();
        empty.window().beginRefill();
      } finally {
        lock.unlock();
      }
      if (!refill(name, precedence, empty)) {
        return Optional.empty();
      }
    }
  }

  /** Reads from the store without the lock; says whether it could be read. */
  private boolean refill(PeerName name, Precedence precedence, Line.Empty empty) {
    Optional<List<Due>> read = Optional.empty();
    try {
      read = Optional.of(store.due(name, precedence, empty.from(), WINDOW));
    } catch (StoreUnavailable e) {
      LOG.debug("the queue for {} cannot be read: {}", name, e.getMessage());
    }
    lock.lock();
    try {
      if (read.isEmpty()) {
        empty.window().refillFailed();
        notReadableUntil = System.nanoTime() + 1_000_000_000L;
        return false;
      }
      empty.window().refill(read.get(), read.get().size() < WINDOW);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #take}, but waits for work; empty after {@code patience} or when all stops. */
  Optional<Due> await(PeerName name, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long seen = changes();
      if (stopping()) {
        return Optional.empty();
      }
      Optional<Due> due = resting(name) ? Optional.empty() : take(name, Optional.empty());
      if (due.isPresent()) {
        return due;
      }
      lock.lock();
      try {
        Lane peer = peer(name);
        long left = deadline - System.nanoTime();
        if (stopping || left <= 0) {
          return Optional.empty();
        }
        if (seen == changes) {
          peer.idle++;
          try {
            Instant now = clock.instant();
            long wait = Math.min(left, Math.max(peer.untilNext(now, left), peer.rest(now)));
            if (peer.work.awaitNanos(wait) <= 0 && wait >= left) {
              return Optional.empty();
            }
          } finally {
            peer.idle--;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } finally {
        lock.unlock();
      }
    }
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is to be sent to a peer now, because it failed. */
  boolean resting(PeerName name) {
    lock.lock();
    try {
      return peer(name).notBefore.isAfter(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** A peer failed: nobody tries it for a while. */
  Instant failed(PeerName name) {
    lock.lock();
    try {
      return peer(name).failed(clock.instant(), settings.retry());
    } finally {
      lock.unlock();
    }
  }

  /** A peer works. */
  boolean works(PeerName name) {
    lock.lock();
    try {
      return peer(name).works();
    } finally {
      lock.unlock();
    }
  }

  /** Peers for which one more worker should be started; each counts as working from now on. */
  List<PeerName> wanting() {
    lock.lock();
    try {
      List<PeerName> wanting = new ArrayList<>();
      Instant now = clock.instant();
      if (stopping) {
        return wanting;
      }
      peers.forEach(
          (name, peer) -> {
            if (peer.idle == 0
                && peer.workerFree()
                && !peer.notBefore.isAfter(now)
                && peer.wanted(now, System.nanoTime() - notReadableUntil >= 0)) {
              peer.workers++;
              wanting.add(name);
            }
          });
      return wanting;
    } finally {
      lock.unlock();
    }
  }

  /** A worker has gone. */
  void left(PeerName name) {
    lock.lock();
    try {
      peer(name).workers--;
      wake();
    } finally {
      lock.unlock();
    }
  }

  int workers() {
    lock.lock();
    try {
      return peers.values().stream().mapToInt(p -> p.workers).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a transfer at {@code precedence} should make way. */
  boolean yieldWanted(PeerName name, Precedence precedence) {
    lock.lock();
    try {
      if (stopping) {
        return true;
      }
      Lane peer = peer(name);
      if (peer.idle > 0 || peer.workerFree()) {
        return false;
      }
      return peer.dueAbove(precedence, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** Whether something more urgent than {@code precedence} is due for {@code name}. */
  boolean moreUrgent(PeerName name, Precedence precedence) {
    lock.lock();
    try {
      return peer(name).dueAbove(precedence, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      stopped.signalAll();
      wake();
      peers.values().forEach(p -> p.work.signalAll());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something changes or is due, at most {@code most}. */
  @SuppressWarnings("WaitNotInLoop") // who calls looks again whatever woke it
  void awaitChange(long seen, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long wait = most.toNanos();
      Instant now = clock.instant();
      for (Lane peer : peers.values()) {
        // a peer whose workers are all busy is looked at when one of them ends
        if (peer.workerFree() && peer.idle == 0) {
          wait = Math.min(wait, Math.max(peer.untilNext(now, wait), peer.rest(now)));
        }
      }
      if (seen == changes && !stopping) {
        long left = changed.awaitNanos(Math.max(1_000_000, wait));
        LOG.trace("woken with {} ns left", left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a worker to leave, at most so long; for the end. */
  @SuppressWarnings("WaitNotInLoop") // who calls looks again whatever woke it
  void awaitEnd(Duration most) throws InterruptedException {
    lock.lock();
    try {
      if (peers.values().stream().anyMatch(p -> p.workers > 0)) {
        long left = changed.awaitNanos(Math.max(1, most.toNanos()));
        LOG.trace("woken with {} ns left", left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all stops, at most so long. */
  @SuppressWarnings("WaitNotInLoop") // who calls tries again whatever woke it
  void awaitStop(Duration most) throws InterruptedException {
    lock.lock();
    try {
      if (!stopping) {
        long left = stopped.awaitNanos(most.toNanos());
        LOG.trace("woken with {} ns left", left);
      }
    } finally {
      lock.unlock();
    }
  }

  long seen() {
    return changes();
  }
}
