package org.heliograph.model;

/** The configured name of a channel, for example {@code p1}, {@code smtp}, {@code mixer}. */
public record ChannelName(String value) implements Comparable<ChannelName> {
  public ChannelName {
    if (!value.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException(
          "not a channel name: '"
              + Show.safe(value, 40)
              + "'; expected 1 to 32 lower-case letters, digits or hyphens");
    }
  }

  @Override
  public int compareTo(ChannelName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
