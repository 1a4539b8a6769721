package org.heliograph.server.config;

import java.time.Duration;

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
        Duration giveUp) {
  public RetrySettings {
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest is shorter than first; expected at least as long");
    }
  }
}
