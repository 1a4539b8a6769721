package org.heliograph.p1;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.heliograph.model.Precedence;

/**
 * How long the transfer of a message may take before it is given up for now: a time by precedence,
 * and more for large ones.
 *
 * @param base for each precedence
 * @param octetsPerSecond the rate at which content adds to it
 */
public record TransferTimes(Map<Precedence, Duration> base, long octetsPerSecond) {
  /** 5 minutes for override and flash to 2 hours for deferred, and 1 s for each KiB. */
  public static final TransferTimes DEFAULT = new TransferTimes(defaults(), 1024);

  public TransferTimes {
    base = Map.copyOf(base);
    if (octetsPerSecond < 1 || !base.keySet().containsAll(defaults().keySet())) {
      throw new IllegalArgumentException("a time for each precedence and a rate of at least 1");
    }
  }

  /** The same time for each precedence. */
  public static TransferTimes of(Duration base, long octetsPerSecond) {
    Map<Precedence, Duration> all = defaults();
    all.replaceAll((precedence, time) -> base);
    return new TransferTimes(all, octetsPerSecond);
  }

  private static Map<Precedence, Duration> defaults() {
    Map<Precedence, Duration> all = new EnumMap<>(Precedence.class);
    for (Precedence precedence : Precedence.values()) {
      all.put(
          precedence,
          Duration.ofMinutes(
              switch (precedence) {
                case OVERRIDE, FLASH -> 5;
                case IMMEDIATE -> 15;
                case PRIORITY -> 30;
                case ROUTINE -> 60;
                case DEFERRED -> 120;
              }));
    }
    return all;
  }

  Duration of(Precedence precedence, long octets) {
    return base.getOrDefault(precedence, Duration.ofHours(1)).plusSeconds(octets / octetsPerSecond);
  }
}
