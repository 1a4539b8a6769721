package org.heliograph.mail;

/**
 * A range of stored content.
 *
 * @param start first octet
 * @param end the octet behind the last one
 */
public record Range(long start, long end) {
  public Range {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range: " + start + " to " + end);
    }
  }

  /** In octets. */
  public long length() {
    return end - start;
  }
}
