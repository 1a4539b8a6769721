package org.heliograph.model;

/** The number of a recipient within its message, from 1. Stable for the life of the message. */
public record RecipientId(int value) implements Comparable<RecipientId> {
  public RecipientId {
    if (value < 1) {
      throw new IllegalArgumentException("a recipient number starts at 1, not " + value);
    }
  }

  @Override
  public int compareTo(RecipientId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
