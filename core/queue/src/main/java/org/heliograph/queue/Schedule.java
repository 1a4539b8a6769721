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
import org.heliograph.model.Cursor;
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

  /** What is known of one peer. */
  private final class Peer {
    private final Window[] windows = new Window[PRECEDENCES.length];
    private final Condition work = lock.newCondition();
    private final int limit;
    private int workers;
    private int idle;
    private int failures;
    private Instant notBefore = Instant.MIN;

    private Peer(PeerName name) {
      // shapers have threads of their own
      limit =
          name.equals(PeerName.NONE)
              ? 0
              : settings.peers().getOrDefault(name, PeerSettings.DEFAULT).concurrency();
      for (int i = 0; i < windows.length; i++) {
        windows[i] = new Window(WINDOW, true);
      }
    }
  }

  private final QueueStore store;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition stopped = lock.newCondition();
  private final Map<PeerName, Peer> peers = new TreeMap<>();
  private boolean stopping;

  /** When the store may be asked again after it could not be read, by System.nanoTime. */
  private long notReadableUntil = System.nanoTime();

  private long changes;

  Schedule(QueueStore store, EngineSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  private Peer peer(PeerName name) {
    return peers.computeIfAbsent(name, Peer::new);
  }

  /** Something waits. */
  void offer(List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (Due one : due) {
        Peer peer = peer(one.peer());
        peer.windows[one.precedence().ordinal()].offer(one);
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
      for (Peer peer : peers.values()) {
        for (Window window : peer.windows) {
          window.reload();
        }
      }
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
      Window window;
      lock.lock();
      try {
        window = peer(name).windows[precedence.ordinal()];
        if (!window.mustRefill()) {
          Optional<Due> first = window.take(clock.instant());
          if (first.isPresent()) {
            return first;
          }
          continue;
        }
        window.beginRefill();
      } finally {
        lock.unlock();
      }
      Optional<Due> first = refill(name, precedence, window);
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  private Optional<Due> refill(PeerName name, Precedence precedence, Window window) {
    List<Due> read = new ArrayList<>();
    boolean done = false;
    try {
      read = store.due(name, precedence, Cursor.START, WINDOW);
      done = true;
    } catch (StoreUnavailable e) {
      LOG.debug("the queue for {} cannot be read: {}", name, e.getMessage());
    }
    lock.lock();
    try {
      if (!done) {
        window.refillFailed();
        notReadableUntil = System.nanoTime() + 1_000_000_000L;
        return Optional.empty();
      }
      window.refill(read, read.size() < WINDOW);
      return window.take(clock.instant());
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
        Peer peer = peer(name);
        long left = deadline - System.nanoTime();
        if (stopping || left <= 0) {
          return Optional.empty();
        }
        if (seen == changes) {
          peer.idle++;
          try {
            long wait = Math.min(left, Math.max(untilNext(peer, left), rest(peer)));
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

  /** Nanoseconds for which a peer still rests. */
  private long rest(Peer peer) {
    return until(clock.instant(), peer.notBefore);
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until the peer's next entry is due, at least a millisecond. */
  private long untilNext(Peer peer, long most) {
    Instant now = clock.instant();
    long wait = most;
    for (Window window : peer.windows) {
      if (window.next().isPresent()) {
        Duration until = Duration.between(now, window.next().get());
        wait = Math.min(wait, until.toSeconds() > 3600 ? most : until.toNanos());
      }
    }
    return Math.max(1_000_000, wait);
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
      Peer peer = peer(name);
      Instant now = clock.instant();
      if (!peer.notBefore.isAfter(now)) {
        peer.failures++;
        peer.notBefore = now.plus(settings.retry().wait(peer.failures));
      }
      return peer.notBefore;
    } finally {
      lock.unlock();
    }
  }

  /** A peer works. */
  boolean works(PeerName name) {
    lock.lock();
    try {
      Peer peer = peer(name);
      boolean failedBefore = peer.failures > 0;
      peer.failures = 0;
      peer.notBefore = Instant.MIN;
      return failedBefore;
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
                && peer.workers < peer.limit
                && !peer.notBefore.isAfter(now)
                && wanted(peer, now)) {
              peer.workers++;
              wanting.add(name);
            }
          });
      return wanting;
    } finally {
      lock.unlock();
    }
  }

  private boolean wanted(Peer peer, Instant now) {
    boolean readable = System.nanoTime() - notReadableUntil >= 0;
    for (Window window : peer.windows) {
      if (window.hasDue(now) || window.mustRefill() && readable) {
        return true;
      }
    }
    return false;
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
      Peer peer = peer(name);
      if (peer.idle > 0 || peer.workers < peer.limit) {
        return false;
      }
      Instant now = clock.instant();
      for (int i = 0; i < precedence.ordinal(); i++) {
        if (peer.windows[i].hasDue(now)) {
          return true;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something more urgent than {@code precedence} is due for {@code name}. */
  boolean moreUrgent(PeerName name, Precedence precedence) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Peer peer = peer(name);
      for (int i = 0; i < precedence.ordinal(); i++) {
        if (peer.windows[i].hasDue(now)) {
          return true;
        }
      }
      return false;
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
      for (Peer peer : peers.values()) {
        // a peer whose workers are all busy is looked at when one of them ends
        if (peer.workers < peer.limit && peer.idle == 0) {
          wait = Math.min(wait, Math.max(untilNext(peer, wait), until(now, peer.notBefore)));
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

  private static long until(Instant now, Instant then) {
    return then.isAfter(now)
        ? Math.min(Long.MAX_VALUE / 4, Duration.between(now, then).toNanos())
        : 0;
  }

  long seen() {
    return changes();
  }
}
