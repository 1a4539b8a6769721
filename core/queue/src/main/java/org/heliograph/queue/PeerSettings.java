package org.heliograph.queue;

/**
 * Limits of the queue for one peer.
 *
 * @param concurrency transfers at the same time, 1 to 1000
 */
public record PeerSettings(int concurrency) {
  /** Four at the same time. */
  public static final PeerSettings DEFAULT = new PeerSettings(4);

  public PeerSettings {
    if (concurrency < 1 || concurrency > 1000) {
      throw new IllegalArgumentException("concurrency " + concurrency + " is outside 1 to 1000");
    }
  }

  public static PeerSettings of(int concurrency) {
    return new PeerSettings(concurrency);
  }
}
