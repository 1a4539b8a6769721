package org.heliograph.osi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;

/**
 * Cuts TSDUs into DT TPDUs within TPKTs and hands them down in as few writes as can be: one for a
 * TSDU of up to 64 KiB.
 */
final class Outgoing {
  private static final int HEADERS = 7;
  private static final int WRITE_AT = 64 * 1024 - 1;

  private final Sink<ByteBuffer> below;
  private byte[] buffer = new byte[0];
  private int length;

  /** Where the TPKT being filled starts; -1 if none is. */
  private int start = -1;

  private int mostData = Class0.LARGEST_TPDU - 3;

  Outgoing(Sink<ByteBuffer> below) {
    this.below = below;
  }

  /** Limits a TPDU, its header counted. */
  void limit(int tpduSize) {
    mostData = tpduSize - 3;
  }

  /** A TPDU other than DT. */
  void control(byte[] tpdu) throws ProtocolError, IOException, InterruptedException {
    ByteBuffer packet = ByteBuffer.allocate(Tpkt.HEADER + tpdu.length);
    packet.put((byte) Tpkt.VERSION).put((byte) 0).putShort((short) packet.capacity()).put(tpdu);
    below.accept(packet.flip());
  }

  void data(ByteBuffer octets, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    while (octets.hasRemaining()) {
      if (start >= 0 && length - start - HEADERS == mostData) {
        endTpdu(false);
      }
      if (start < 0) {
        // A TPDU at its negotiated limit must fit behind what is there.
        if (length > 0 && length + HEADERS + Math.min(mostData, octets.remaining()) > WRITE_AT) {
          write();
        }
        startTpdu(octets.remaining());
      }
      int n = Math.min(octets.remaining(), mostData - (length - start - HEADERS));
      reserve(n);
      octets.get(buffer, length, n);
      length += n;
    }
    if (last) {
      if (start < 0) {
        startTpdu(0);
      }
      endTpdu(true);
      write();
    }
  }

  private void startTpdu(int expected) {
    reserve(HEADERS + Math.min(expected, mostData));
    start = length;
    length += HEADERS;
  }

  private void endTpdu(boolean endOfTsdu) {
    int packet = length - start;
    buffer[start] = Tpkt.VERSION;
    buffer[start + 1] = 0;
    buffer[start + 2] = (byte) (packet >> 8);
    buffer[start + 3] = (byte) packet;
    buffer[start + 4] = 2;
    buffer[start + 5] = (byte) Class0.DT;
    buffer[start + 6] = (byte) (endOfTsdu ? 0x80 : 0);
    start = -1;
  }

  private void reserve(int n) {
    if (length + n > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + n, Math.min(2 * buffer.length, WRITE_AT)));
    }
  }

  private void write() throws ProtocolError, IOException, InterruptedException {
    ByteBuffer all = ByteBuffer.wrap(buffer, 0, length);
    buffer = new byte[0];
    length = 0;
    below.accept(all);
  }
}
