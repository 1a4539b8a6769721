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
 */
public record RetrySettings(
    Duration first,
    Duration longest,
    Map<Precedence, Duration> giveUp,
    Optional<Duration> delayNotice) {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  /** 30 seconds to 30 minutes, two days; no delay notice. */
  public static final RetrySettings DEFAULT =
      of(Duration.ofSeconds(30), Duration.ofMinutes(30), TWO_DAYS);

  public RetrySettings {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("the longest wait is shorter than the first");
    }
    Map<Precedence, Duration> complete = new EnumMap<>(Precedence.class);
    for (Precedence p : Precedence.values()) {
      complete.put(p, giveUp.getOrDefault(p, TWO_DAYS));
    }
    giveUp = Map.copyOf(complete);
  }

  /** One time to give up for all precedences. */
  public static RetrySettings of(Duration first, Duration longest, Duration giveUp) {
    Map<Precedence, Duration> all = new EnumMap<>(Precedence.class);
    for (Precedence p : Precedence.values()) {
      all.put(p, giveUp);
    }
    return new RetrySettings(first, longest, all, Optional.empty());
  }

  public RetrySettings withDelayNotice(Duration after) {
    return new RetrySettings(first, longest, giveUp, Optional.of(after));
  }

  /** The wait after {@code failures} failures, from 1. */
  Duration wait(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  Duration giveUp(Precedence precedence) {
    return giveUp.getOrDefault(precedence, TWO_DAYS);
  }
}
