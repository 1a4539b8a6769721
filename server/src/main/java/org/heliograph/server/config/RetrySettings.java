package org.heliograph.server.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.model.Precedence;

/** When what could not be sent is tried again, and when it is given up. */
public record RetrySettings(
    @Key(says = "Wait after the first failed attempt.", or = "30 s", min = 10) Duration first,
    @Key(
            says = "Longest wait between two attempts; each wait doubles up to it.",
            or = "30 m",
            min = 10)
        Duration longest,
    @Key(
            says = "Given up after this time, and reported, if the message names no time.",
            or = "2 d",
            min = 1000)
        Duration giveUp,
    @Key(
            says =
                "After this time a mail originator who asked for it (NOTIFY=DELAY) hears that a"
                    + " message still waits; absent: never.",
            min = 1000)
        Optional<Duration> delayNotice,
    @Key(
            says =
                "What is different for a precedence: override, flash, immediate, priority, routine"
                    + " or deferred.")
        Map<String, Own> precedences,
    @Key(
            says =
                "When a peer has not answered for so long, what waits for it and has an alternative"
                    + " route takes that.",
            or = "2 m",
            min = 10)
        Duration fallbackAfter) {
  /** Times of one precedence. */
  public record Own(
      @Key(says = "Wait after the first failed attempt; absent: as for all.", min = 10)
          Optional<Duration> first,
      @Key(says = "Longest wait between two attempts; absent: as for all.", min = 10)
          Optional<Duration> longest,
      @Key(says = "Given up after this time; absent: as for all.", min = 1000)
          Optional<Duration> giveUp,
      @Key(says = "Time of the notice of delay; absent: as for all.", min = 1000)
          Optional<Duration> delayNotice) {}

  public RetrySettings {
    for (String name : precedences.keySet()) {
      if (Stream.of(Precedence.values()).noneMatch(p -> word(p).equals(name))) {
        throw new IllegalArgumentException(
            "there is no precedence "
                + name
                + "; expected override, flash, immediate, priority,"
                + " routine or deferred");
      }
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest is shorter than first; expected at least as long");
    }
  }

  private static String word(Precedence precedence) {
    return precedence.name().toLowerCase(Locale.ROOT);
  }

  /** As the queue takes them. */
  public org.heliograph.queue.RetrySettings queue() {
    var all =
        org.heliograph.queue.RetrySettings.of(first, longest, giveUp)
            .withFallbackAfter(fallbackAfter);
    if (delayNotice.isPresent()) {
      all = all.withDelayNotice(delayNotice.get());
    }
    for (Precedence precedence : Precedence.values()) {
      Own own = precedences.get(word(precedence));
      if (own != null) {
        Duration wait = own.first().orElse(first);
        Duration most = own.longest().orElse(longest.compareTo(wait) < 0 ? wait : longest);
        all =
            all.with(
                precedence,
                new org.heliograph.queue.RetrySettings.Own(wait, most, own.delayNotice()),
                own.giveUp().orElse(giveUp));
      }
    }
    return all;
  }
}
