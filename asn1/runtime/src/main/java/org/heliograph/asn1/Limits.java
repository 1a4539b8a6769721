package org.heliograph.asn1;

/**
 * What one decode may cost. A breach is a {@link DecodeException}, not a {@link Violation}.
 *
 * @param depth of constructed encodings within each other
 * @param elements headers read in one decode, so that a million empty elements cannot fill the heap
 */
public record Limits(int depth, int elements) {
  /**
   * Depth 100 and a million elements: 32767 recipients (X.411 ub-recipients) with 30 fields each.
   */
  public static final Limits DEFAULT = new Limits(100, 1_000_000);

  public Limits {
    if (depth < 1 || elements < 1) {
      throw new IllegalArgumentException("limits must be positive: " + depth + ", " + elements);
    }
  }
}
