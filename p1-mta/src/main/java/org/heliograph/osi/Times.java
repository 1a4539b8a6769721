package org.heliograph.osi;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param setUp for the peer to answer while the association is set up: all layers together
 * @param inactivity without any octet or confirmation from the peer while a transfer is under way
 * @param idle without a transfer, after which an accepted association is aborted
 * @param release for the peer to answer an orderly release; then the connection is closed all the
 *     same
 * @param octetsPerSecond the least rate of an inbound transfer, measured over {@code inactivity}; 0
 *     for none
 */
public record Times(
    Duration setUp, Duration inactivity, Duration idle, Duration release, long octetsPerSecond) {
  /** 60 s, 120 s, 10 minutes, 10 s, 10 octets per second. */
  public static final Times DEFAULT =
      new Times(
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          10);

  public Times {
    if (!setUp.isPositive()
        || !inactivity.isPositive()
        || !idle.isPositive()
        || !release.isPositive()
        || octetsPerSecond < 0) {
      throw new IllegalArgumentException("times must be positive and a rate not negative");
    }
  }
}
