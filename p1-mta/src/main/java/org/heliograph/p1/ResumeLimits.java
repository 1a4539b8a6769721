package org.heliograph.p1;

import java.time.Duration;

/**
 * What is kept of transfers that were interrupted while they came in.
 *
 * @param keep how long
 * @param transfers most of one peer at a time; the oldest goes when there are more
 * @param octets most of one peer in all, likewise
 */
public record ResumeLimits(Duration keep, int transfers, long octets) {
  /** A day, 16, 16 GiB. */
  public static final ResumeLimits DEFAULT = new ResumeLimits(Duration.ofDays(1), 16, 16L << 30);

  public ResumeLimits {
    if (!keep.isPositive() || transfers < 0 || octets < 0) {
      throw new IllegalArgumentException("limits of kept transfers must not be negative");
    }
  }
}
