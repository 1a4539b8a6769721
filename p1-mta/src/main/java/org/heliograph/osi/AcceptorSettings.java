package org.heliograph.osi;

/**
 * How associations are accepted. Address, number of connections and TLS are the listener's.
 *
 * @param checkpointing the most that is granted
 * @param tpduSize largest TPDU granted, a power of two from 128 to 2048, or 0 for what the peer
 *     proposes
 * @param times how long to wait
 */
public record AcceptorSettings(Checkpointing checkpointing, int tpduSize, Times times) {
  /** Everything at its default. */
  public static final AcceptorSettings DEFAULT =
      new AcceptorSettings(Checkpointing.DEFAULT, 0, Times.DEFAULT);

  public AcceptorSettings {
    if (tpduSize != 0 && (Integer.bitCount(tpduSize) != 1 || tpduSize < 128 || tpduSize > 2048)) {
      throw new IllegalArgumentException(
          "a TPDU size is a power of two from 128 to 2048, or 0 for any: " + tpduSize);
    }
  }
}
