package org.heliograph.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether a transfer keeps a minimum rate, so that a peer that sends one octet now and then cannot
 * hold a connection for ever. Measured over windows of the grace period; used by the owner's thread
 * only.
 */
public final class Pace {
  private final long octetsPerSecond;
  private final Duration grace;
  private final InstantSource clock;
  private Instant windowStart;
  private long octets;

  /**
   * @param octetsPerSecond the least rate; 0 asks for none
   * @param grace the length of a window
   */
  public Pace(long octetsPerSecond, Duration grace, InstantSource clock) {
    this.octetsPerSecond = octetsPerSecond;
    this.grace = grace;
    this.clock = clock;
    this.windowStart = clock.instant();
  }

  /** Counts octets that came; returns false if the window that ends here was too slow. */
  public boolean keeps(int arrived) {
    octets += arrived;
    Duration window = Duration.between(windowStart, clock.instant());
    if (window.compareTo(grace) < 0) {
      return true;
    }
    boolean fast = octets >= octetsPerSecond * Math.max(1, grace.toSeconds());
    windowStart = clock.instant();
    octets = 0;
    return fast;
  }
}
