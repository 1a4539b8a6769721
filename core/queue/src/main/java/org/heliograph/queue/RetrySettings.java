package org.heliograph.queue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Precedence;

/**
 * When what could not be sent is tried again, and when it is given up.
 *
 * @param first wait after the first failure; doubles with each one
 * @param longest longest wait
 * @param giveUp for each precedence: reported as failed after this time
 * @param delayNotice after this time a mail originator who wants it hears of the delay (RFC 3461
 *     NOTIFY=DELAY); empty: never
 * @param own for a precedence, what is different there
 * @param fallbackAfter when a peer has not answered for so long, what waits for it and has an
 *     alternative route takes that
 */
public record RetrySettings(
    Duration first,
    Duration longest,
    Map<Precedence, Duration> giveUp,
    Optional<Duration> delayNotice,
    Map<Precedence, Own> own,
    Duration fallbackAfter) {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration FALLBACK = Duration.ofMinutes(2);

  /**
   * What is different for one precedence.
   *
   * @param delayNotice empty: as for the others
   */
  public record Own(Duration first, Duration longest, Optional<Duration> delayNotice) {
    public Own {
      check(first, longest);
    }
  }

  /** 30 seconds to 30 minutes, two days; no delay notice. */
  public static final RetrySettings DEFAULT =
      of(Duration.ofSeconds(30), Duration.ofMinutes(30), TWO_DAYS);

  public RetrySettings {
    check(first, longest);
    Map<Precedence, Duration> complete = new EnumMap<>(Precedence.class);
    for (Precedence p : Precedence.values()) {
      complete.put(p, giveUp.getOrDefault(p, TWO_DAYS));
    }
    giveUp = Map.copyOf(complete);
    own = Map.copyOf(own);
  }

  private static void check(Duration first, Duration longest) {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("the longest wait is shorter than the first");
    }
  }

  /** One time to give up for all precedences. */
  public static RetrySettings of(Duration first, Duration longest, Duration giveUp) {
    Map<Precedence, Duration> all = new EnumMap<>(Precedence.class);
    for (Precedence p : Precedence.values()) {
      all.put(p, giveUp);
    }
    return new RetrySettings(first, longest, all, Optional.empty(), Map.of(), FALLBACK);
  }

  public RetrySettings withDelayNotice(Duration after) {
    return new RetrySettings(first, longest, giveUp, Optional.of(after), own, fallbackAfter);
  }

  /** With other times for one precedence. */
  public RetrySettings with(Precedence precedence, Own times, Duration patience) {
    Map<Precedence, Duration> limits = new EnumMap<>(giveUp);
    limits.put(precedence, patience);
    Map<Precedence, Own> others = new EnumMap<>(Precedence.class);
    others.putAll(own);
    others.put(precedence, times);
    return new RetrySettings(first, longest, limits, delayNotice, others, fallbackAfter);
  }

  public RetrySettings withFallbackAfter(Duration time) {
    return new RetrySettings(first, longest, giveUp, delayNotice, own, time);
  }

  /** The wait after {@code failures} failures, from 1. */
  Duration wait(Precedence precedence, int failures) {
    Own times = own.getOrDefault(precedence, new Own(first, longest, delayNotice));
    Duration wait = times.first();
    for (int i = 1; i < failures && wait.compareTo(times.longest()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(times.longest()) > 0 ? times.longest() : wait;
  }

  Duration giveUp(Precedence precedence) {
    return giveUp.getOrDefault(precedence, TWO_DAYS);
  }

  /** After how long an originator who wants it hears of a delay. */
  Optional<Duration> delayNotice(Precedence precedence) {
    return Optional.ofNullable(own.get(precedence)).flatMap(Own::delayNotice).or(() -> delayNotice);
  }
}
