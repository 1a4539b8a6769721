package org.heliograph.osi;

/**
 * Checkpoints within an APDU (X.228 clause 6.1.1): what an initiator proposes, the most a responder
 * grants, or what the two agreed on.
 *
 * @param size between two checkpoints, in units of 1024 octets; 0 for no checkpoints
 * @param window unconfirmed checkpoints allowed, at least 1
 */
public record Checkpointing(int size, int window) {
  /** 256 KiB and 4. */
  public static final Checkpointing DEFAULT = new Checkpointing(256, 4);

  /** No checkpoints: each APDU is one piece. */
  public static final Checkpointing NONE = new Checkpointing(0, 3);

  public Checkpointing {
    if (size < 0 || size > 1 << 20 || window < 1 || window > 1024) {
      throw new IllegalArgumentException(
          "checkpoint size 0 to 1048576 (units of 1024 octets) and window 1 to 1024, not "
              + size
              + " and "
              + window);
    }
  }

  /** What a responder with these limits answers to a proposal: the smaller of each. */
  public Checkpointing grant(Checkpointing proposed) {
    return new Checkpointing(Math.min(size, proposed.size()), Math.min(window, proposed.window()));
  }
}
