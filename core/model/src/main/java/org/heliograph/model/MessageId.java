package org.heliograph.model;

import java.util.Locale;

/**
 * The number of a message in one store: what the queue, the audit journal and the operator call it
 * by. It says nothing to other systems; those know the MTS identifier, Message-ID or ENVID.
 */
public record MessageId(long value) implements Comparable<MessageId> {
  public MessageId {
    if (value <= 0) {
      throw new IllegalArgumentException("a message number is positive, not " + value);
    }
  }

  /** Reads what {@link #toString} wrote. */
  public static MessageId parse(String text) {
    try {
      return new MessageId(Long.parseLong(text.startsWith("M") ? text.substring(1) : text, 36));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a message number: '" + Show.safe(text, 40) + "'; expected M and letters or digits",
          e);
    }
  }

  @Override
  public int compareTo(MessageId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "M" + Long.toString(value, 36).toUpperCase(Locale.ROOT);
  }
}
