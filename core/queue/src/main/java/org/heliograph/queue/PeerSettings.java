package org.heliograph.queue;

import java.time.Instant;
import java.util.Optional;
import org.heliograph.model.Precedence;

/**
 * Limits of the queue for one peer.
 *
 * @param concurrency transfers at the same time, 1 to 1000
 * @param reserved how many of them are kept for what is urgent, less than {@code concurrency}
 * @param reservedFrom the lowest precedence that may take the reserved ones
 * @param interruptAbove a transfer below that precedence with more octets left than this is
 *     interrupted when something urgent finds no link
 * @param times when it is called
 * @param anytimeFrom the lowest precedence for which it is called at any time; absent: none
 */
public record PeerSettings(
    int concurrency,
    int reserved,
    Precedence reservedFrom,
    long interruptAbove,
    CallTimes times,
    Optional<Precedence> anytimeFrom) {
  private static final long QUARTER_MEBIBYTE = 256 * 1024;

  /** Four at the same time, none reserved. */
  public static final PeerSettings DEFAULT = of(4);

  public PeerSettings {
    if (concurrency < 1 || concurrency > 1000) {
      throw new IllegalArgumentException("concurrency " + concurrency + " is outside 1 to 1000");
    }
    if (reserved < 0 || reserved >= concurrency) {
      throw new IllegalArgumentException(
          reserved + " of " + concurrency + " transfers reserved; one at least must be for all");
    }
    if (interruptAbove < 0) {
      throw new IllegalArgumentException("a number of octets is not negative: " + interruptAbove);
    }
  }

  public static PeerSettings of(int concurrency) {
    return new PeerSettings(
        concurrency, 0, Precedence.FLASH, QUARTER_MEBIBYTE, CallTimes.ALWAYS, Optional.empty());
  }

  public PeerSettings withReserved(int links, Precedence from) {
    return new PeerSettings(concurrency, links, from, interruptAbove, times, anytimeFrom);
  }

  public PeerSettings withInterruptAbove(long octets) {
    return new PeerSettings(concurrency, reserved, reservedFrom, octets, times, anytimeFrom);
  }

  public PeerSettings withTimes(CallTimes value, Optional<Precedence> anytime) {
    return new PeerSettings(concurrency, reserved, reservedFrom, interruptAbove, value, anytime);
  }

  /** From when on the peer is called for what has this precedence; {@code now} if it is. */
  Instant called(Precedence precedence, Instant now) {
    boolean anytime = anytimeFrom.filter(lowest -> !lowest.above(precedence)).isPresent();
    return anytime ? now : times.next(now);
  }
}
