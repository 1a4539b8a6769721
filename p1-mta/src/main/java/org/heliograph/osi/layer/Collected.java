package org.heliograph.osi.layer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Octets of a control PDU that arrive in pieces, up to a limit; grows with what came, never with
 * what is declared.
 */
public final class Collected {
  private final int limit;
  private byte[] octets = new byte[0];
  private int length;

  public Collected(int limit) {
    this.limit = limit;
  }

  /** Takes all that remains; false, and nothing taken, if that would be more than the limit. */
  public boolean add(ByteBuffer piece) {
    int n = piece.remaining();
    if (n > limit - length) {
      return false;
    }
    if (length + n > octets.length) {
      octets = Arrays.copyOf(octets, Math.min(limit, Math.max(length + n, 2 * octets.length)));
    }
    piece.get(octets, length, n);
    length += n;
    return true;
  }

  public int length() {
    return length;
  }

  /** 0 to 255. */
  public int at(int offset) {
    return octets[offset] & 0xFF;
  }

  /** A copy of a range. */
  public byte[] copy(int from, int to) {
    return Arrays.copyOfRange(octets, from, to);
  }

  /** All octets as a copy; empty again afterwards. */
  public byte[] drain() {
    byte[] all = Arrays.copyOf(octets, length);
    clear();
    return all;
  }

  public void clear() {
    length = 0;
    if (octets.length > 4096) {
      octets = new byte[0];
    }
  }
}
