package org.heliograph.model;

/**
 * The configured name of a peer. Shapers have the peer {@link #NONE}: they work on this machine.
 */
public record PeerName(String value) implements Comparable<PeerName> {
  /** No peer: the step happens inside the switch. */
  public static final PeerName NONE = new PeerName("-");

  public PeerName {
    if (!value.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException(
          "not a peer name: '"
              + Show.safe(value, 72)
              + "'; expected 1 to 64 letters, digits, dots, colons, hyphens or underscores");
    }
  }

  @Override
  public int compareTo(PeerName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
