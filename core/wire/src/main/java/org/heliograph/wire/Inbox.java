package org.heliograph.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events between the I/O thread and the owner. Octets are bounded by water marks: at the high one
 * reading is suspended, at the low one it goes on. Words posted by our own threads are few and not
 * counted.
 */
final class Inbox {
  static final int HIGH_WATER = 256 * 1024;
  static final int LOW_WATER = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private int octets;
  private static final long FIRST_NUDGE = 20_000_000;
  private static final long LAST_NUDGE = 1_000_000_000;

  private boolean suspended;

  /**
   * Puts an event in.
   *
   * @param suspend run when the high water mark is reached. Under the lock, as {@code resume} is:
   *     otherwise the owner could resume before the I/O thread suspends, and nobody would ever
   *     resume again
   */
  void put(Event event, Runnable suspend) {
    lock.lock();
    try {
      events.add(event);
      if (event instanceof Event.Received r) {
        octets += r.octets().remaining();
      }
      filled.signal();
      if (octets >= HIGH_WATER && !suspended) {
        suspended = true;
        suspend.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next event, waiting for it until the time is over.
   *
   * @param resume run when the low water mark is reached after reading had been suspended
   * @param nudge run while nothing comes, at growing intervals of at most a second
   */
  Event take(Duration timeout, Runnable resume, Runnable nudge) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos(timeout);
      long interval = FIRST_NUDGE;
      while (events.isEmpty()) {
        if (left <= 0) {
          return new Event.TimedOut();
        }
        long wait = Math.min(left, interval);
        long rest = filled.awaitNanos(wait);
        left -= wait - rest;
        if (rest <= 0 && events.isEmpty()) {
          nudge.run();
          interval = Math.min(2 * interval, LAST_NUDGE);
        }
      }
      Event event = events.remove();
      if (event instanceof Event.Received r) {
        octets -= r.octets().remaining();
      }
      if (suspended && octets <= LOW_WATER) {
        suspended = false;
        resume.run();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  boolean holdsOctets() {
    lock.lock();
    try {
      return octets > 0;
    } finally {
      lock.unlock();
    }
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException centuries) {
      return TimeUnit.DAYS.toNanos(36500);
    }
  }
}
