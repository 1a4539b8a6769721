package org.heliograph.osi.session;

import org.jspecify.annotations.Nullable;

/**
 * A length indicator (X.225 clause 8.2.5): one octet up to 254, else FF and two octets.
 *
 * @param value the length
 * @param next index behind the indicator
 */
record Length(int value, int next) {

  /** Null if the indicator reaches beyond {@code to}. */
  static @Nullable Length read(byte[] octets, int at, int to) {
    if (at >= to) {
      return null;
    }
    int first = octets[at] & 0xFF;
    if (first < 0xFF) {
      return new Length(first, at + 1);
    }
    return at + 3 > to
        ? null
        : new Length((octets[at + 1] & 0xFF) << 8 | octets[at + 2] & 0xFF, at + 3);
  }
}
