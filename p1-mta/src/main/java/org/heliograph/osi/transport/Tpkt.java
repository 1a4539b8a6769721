package org.heliograph.osi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.osi.layer.ProtocolError;

/** Takes TPKT headers (RFC 1006 clause 6) off the octets of a TCP connection. */
final class Tpkt {
  static final int HEADER = 4;
  static final int VERSION = 3;
  private static final int SHORTEST = 7;

  /** Takes TPDUs in pieces. */
  interface Tpdus {
    /** Octets of a TPDU; {@code last} if it ends with them. */
    void octets(ByteBuffer piece, boolean last)
        throws ProtocolError, IOException, InterruptedException;
  }

  private final Tpdus above;
  private final byte[] header = new byte[HEADER];
  private int headerLength;
  private int left;

  Tpkt(Tpdus above) {
    this.above = above;
  }

  void feed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    while (octets.hasRemaining()) {
      if (left == 0) {
        header[headerLength++] = octets.get();
        check();
        if (headerLength == HEADER) {
          headerLength = 0;
          left = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
          if (left < SHORTEST) {
            throw new ProtocolError(
                ProtocolError.In.TPKT, "TPKT", 2, "a length of " + left + ", less than 7");
          }
          left -= HEADER;
        }
        continue;
      }
      int n = Math.min(left, octets.remaining());
      ByteBuffer piece = octets.slice(octets.position(), n);
      octets.position(octets.position() + n);
      left -= n;
      above.octets(piece, left == 0);
    }
  }

  /**
   * At once, so that a peer that speaks something else is told before it has sent a whole header.
   */
  private void check() throws ProtocolError {
    if (headerLength == 1 && header[0] != VERSION) {
      throw new ProtocolError(
          ProtocolError.In.TPKT,
          "TPKT",
          0,
          "version " + (header[0] & 0xFF) + " where 3 is expected");
    }
  }
}
