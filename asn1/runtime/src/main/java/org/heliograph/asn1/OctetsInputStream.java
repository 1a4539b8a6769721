package org.heliograph.asn1;

import java.io.InputStream;
import java.util.Objects;

/** Octets as a stream. */
final class OctetsInputStream extends InputStream {
  private final Octets octets;
  private long at;

  OctetsInputStream(Octets octets) {
    this.octets = octets;
  }

  @Override
  public int read() {
    return at < octets.length() ? octets.at(at++) : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) {
    Objects.checkFromIndexSize(from, count, into.length);
    if (count == 0) {
      return 0;
    }
    int some = (int) Math.min(count, octets.length() - at);
    if (some == 0) {
      return -1;
    }
    octets.read(at, into, from, some);
    at += some;
    return some;
  }

  @Override
  public long skip(long count) {
    long some = Math.max(0, Math.min(count, octets.length() - at));
    at += some;
    return some;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, octets.length() - at);
  }
}
