package org.heliograph.server.config;

/**
 * A number of octets, written as {@code 64 KiB}, {@code 10 MB} or a bare number.
 *
 * @param octets 0 or more
 */
public record Size(long octets) {
  @Override
  public String toString() {
    if (octets > 0 && octets % (1 << 30) == 0) {
      return (octets >> 30) + " GiB";
    }
    if (octets > 0 && octets % (1 << 20) == 0) {
      return (octets >> 20) + " MiB";
    }
    return octets > 0 && octets % 1024 == 0 ? (octets >> 10) + " KiB" : octets + " octets";
  }
}
