package org.heliograph.smtp;

import java.io.OutputStream;

/** Looks at a body before it is sent: what it needs of the peer, and whether it may be sent. */
final class BodyScan extends OutputStream {
  private long length;
  private int all;
  private int last = '\n';
  private boolean bare;
  private boolean nul;

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int count) {
    int end = offset + count;
    int before = length == 0 ? 0 : last;
    int seen = all;
    for (int i = offset; i < end; i++) {
      byte octet = octets[i];
      seen |= octet;
      if (octet == '\n' ? before != '\r' : before == '\r') {
        bare = true;
      }
      if (octet == 0) {
        nul = true;
      }
      before = octet;
    }
    all = seen;
    if (count > 0) {
      last = before;
      length += count;
    }
  }

  /** In octets, without the dots that are added on the way. */
  long length() {
    return length;
  }

  boolean eightBit() {
    return all < 0;
  }

  /** Whether there is a CR or LF that is not half of a CRLF. */
  boolean bareLineEnds() {
    return bare || last == '\r';
  }

  boolean nul() {
    return nul;
  }
}
