package org.heliograph.queue.store;

import java.time.Duration;

/**
 * Limits of the store.
 *
 * @param inlineOctets content up to this size rides in the transaction that names it, 0 to 1 MiB
 * @param lowSpace with less usable octets than this nothing new is accepted
 * @param enoughSpace with this many octets new work is welcome again
 * @param remember how long a finished message's names and recipients are known
 */
public record StoreSettings(int inlineOctets, long lowSpace, long enoughSpace, Duration remember) {
  /** 64 KiB, 256 MiB, 512 MiB, 30 days. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(64 * 1024, 256L << 20, 512L << 20, Duration.ofDays(30));

  public StoreSettings {
    if (inlineOctets < 0 || inlineOctets > 1 << 20) {
      throw new IllegalArgumentException(inlineOctets + " octets inline is outside 0 to 1 MiB");
    }
    if (enoughSpace < lowSpace) {
      throw new IllegalArgumentException("enough space is less than low space");
    }
  }
}
