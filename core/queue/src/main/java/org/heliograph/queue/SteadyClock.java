package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The queue's time. It follows the time of day as long as that runs like the monotonic clock; when
 * the two part by more than a minute, it goes on as the monotonic clock says until somebody {@link
 * #trust}s the time of day again. So a jump of a day neither expires nor releases anything.
 */
final class SteadyClock implements InstantSource {
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant base;
  private long baseNanos;
  private boolean jumped;

  /**
   * @param notBefore a time that was seen before: an earlier time of day is not believed
   */
  SteadyClock(InstantSource wall, LongSupplier nanos, Instant notBefore) {
    this.wall = wall;
    this.nanos = nanos;
    Instant now = wall.instant();
    this.jumped = now.plus(TOLERATED).isBefore(notBefore);
    this.base = jumped ? notBefore : now;
    this.baseNanos = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long tick = nanos.getAsLong();
    Instant steady = base.plusNanos(tick - baseNanos);
    Instant shown = wall.instant();
    boolean apart = Duration.between(steady, shown).abs().compareTo(TOLERATED) > 0;
    if (apart) {
      jumped = true;
      return steady;
    }
    // small corrections are followed, but time never runs back within them
    jumped = false;
    base = shown.isBefore(steady) ? steady : shown;
    baseNanos = tick;
    return base;
  }

  /** Whether the time of day is not believed at present. */
  synchronized boolean jumped() {
    instant();
    return jumped;
  }

  /** Takes the time of day as it is: somebody has looked. */
  synchronized void trust() {
    base = wall.instant();
    baseNanos = nanos.getAsLong();
    jumped = false;
  }
}
