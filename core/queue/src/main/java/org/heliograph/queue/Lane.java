package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.heliograph.model.Due;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;

/**
 * What is known of one peer: what is due first at each precedence, how many work for it, whether it
 * rests. Some of its links are reserved: what is below a level never takes them. Under the
 * schedule's lock.
 */
final class Lane {
  private static final Precedence[] PRECEDENCES = Precedence.values();

  private final PeerName name;
  private final Line[] lines = new Line[PRECEDENCES.length];
  private PeerSettings settings;
  private final boolean shapers;
  private List<Minimized> minimized;

  /** Wakes those who wait for something to do for this peer. */
  final Condition work;

  int workers;
  int idle;
  Instant notBefore = Instant.MIN;
  private int failures;

  /** Transfers under way, by precedence. */
  private final int[] underWay = new int[PRECEDENCES.length];

  Lane(PeerName name, PeerSettings settings, Condition work, List<Minimized> minimized) {
    this.name = name;
    this.settings = settings;
    this.work = work;
    this.minimized = minimized;
    // shapers have threads of their own
    this.shapers = name.equals(PeerName.NONE);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new Line();
    }
  }

  /** Other limits; what is under way goes on. */
  void limits(PeerSettings others) {
    settings = others;
  }

  void minimize(List<Minimized> orders) {
    minimized = orders;
  }

  Line line(Precedence precedence) {
    return lines[precedence.ordinal()];
  }

  /** Whether one more worker may be started. */
  boolean workerFree() {
    return !shapers && workers < settings.concurrency();
  }

  /** Whether something of this precedence may be begun now. */
  boolean open(Precedence precedence, Instant now) {
    for (Minimized order : minimized) {
      if (order.holds(name, precedence, now)) {
        return false;
      }
    }
    return shapers
        || !settings.called(precedence, now).isAfter(now)
            && (reserved(precedence) || low() < settings.concurrency() - settings.reserved());
  }

  /** Transfers under way that may not take the reserved links. */
  private int low() {
    int low = 0;
    for (Precedence precedence : PRECEDENCES) {
      low += reserved(precedence) ? 0 : underWay[precedence.ordinal()];
    }
    return low;
  }

  private boolean reserved(Precedence precedence) {
    return !settings.reservedFrom().above(precedence);
  }

  /** The first entry at a precedence, if it is due; it counts as under way. */
  Optional<Due> take(Precedence precedence, Instant now) {
    Optional<Due> first = line(precedence).take(now);
    if (first.isPresent()) {
      underWay[precedence.ordinal()]++;
    }
    return first;
  }

  /** What was taken is not under way any more. */
  void finished(Precedence precedence) {
    underWay[precedence.ordinal()]--;
  }

  /** Whether there is something to be done at once. */
  boolean wanted(Instant now, boolean readable) {
    for (Precedence precedence : PRECEDENCES) {
      Line line = line(precedence);
      if ((line.hasDue(now) || line.empty().isPresent() && readable) && open(precedence, now)) {
        return true;
      }
    }
    return false;
  }

  /** Whether something above {@code precedence} is due. */
  boolean dueAbove(Precedence precedence, Instant now) {
    for (int i = 0; i < precedence.ordinal(); i++) {
      if (lines[i].hasDue(now) && open(PRECEDENCES[i], now)) {
        return true;
      }
    }
    return false;
  }

  /** Nanoseconds until the next entry is due, at least a millisecond. */
  long untilNext(Instant now, long most) {
    long wait = most;
    for (Precedence precedence : PRECEDENCES) {
      Optional<Instant> next = line(precedence).next();
      if (next.isPresent() && open(precedence, now)) {
        Duration until = Duration.between(now, next.get());
        wait = Math.min(wait, until.toSeconds() > 3600 ? most : until.toNanos());
      }
    }
    return Math.max(1_000_000, wait);
  }

  /** Nanoseconds for which the peer still rests. */
  long rest(Instant now) {
    return notBefore.isAfter(now)
        ? Math.min(Long.MAX_VALUE / 4, Duration.between(now, notBefore).toNanos())
        : 0;
  }

  void reload() {
    for (Line line : lines) {
      line.reload();
    }
  }

  /** The peer failed: nobody tries it for a while, the shorter the more urgent what waits is. */
  Instant failed(Instant now, RetrySettings retry) {
    if (!notBefore.isAfter(now)) {
      failures++;
      Precedence first = Precedence.DEFERRED;
      for (int i = PRECEDENCES.length - 1; i >= 0; i--) {
        if (lines[i].size() > 0) {
          first = PRECEDENCES[i];
        }
      }
      notBefore = now.plus(retry.wait(first, failures));
    }
    return notBefore;
  }

  /** The peer works; says whether it had failed before. */
  boolean works() {
    boolean failedBefore = failures > 0;
    failures = 0;
    notBefore = Instant.MIN;
    return failedBefore;
  }
}
