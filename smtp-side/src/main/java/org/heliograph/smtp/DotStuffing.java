package org.heliograph.smtp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Sends a body: a dot before every line that begins with one, CRLF.CRLF behind all (RFC 5321
 * 4.5.2). Octets go out in few large writes, the last of them with the end.
 */
final class DotStuffing extends OutputStream {
  /** Where the octets go; a buffer given is not touched again. */
  interface Sink {
    void send(ByteBuffer octets) throws IOException, InterruptedException;
  }

  private static final int MOST = 64 * 1024;
  private static final int LEAST = 512;

  private final Sink sink;
  private final int size;
  private byte[] buffer;
  private int filled;
  private boolean lineStart = true;
  private boolean afterCarriageReturn;

  /**
   * @param length of the body; only decides how large the writes are
   */
  DotStuffing(Sink sink, long length) {
    this.sink = sink;
    this.size = Math.clamp(length + length / 64 + 8, LEAST, MOST);
    this.buffer = new byte[size];
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int count) throws IOException {
    int end = offset + count;
    int run = offset;
    for (int at = offset; at < end; at++) {
      byte octet = octets[at];
      if (lineStart && octet == '.') {
        put(octets, run, at - run);
        put(octets, at, 1);
        run = at;
      }
      lineStart = octet == '\n' && afterCarriageReturn;
      afterCarriageReturn = octet == '\r';
    }
    put(octets, run, end - run);
  }

  private void put(byte[] octets, int offset, int count) throws IOException {
    int from = offset;
    int left = count;
    while (left > 0) {
      if (filled == buffer.length) {
        send();
        buffer = new byte[size];
      }
      int n = Math.min(left, buffer.length - filled);
      System.arraycopy(octets, from, buffer, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  private void send() throws IOException {
    try {
      sink.send(ByteBuffer.wrap(buffer, 0, filled));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending");
    }
    filled = 0;
  }

  /** Writes the end of the message; a body whose last line does not end is given its CRLF. */
  void end() throws IOException {
    byte[] end = {'\r', '\n', '.', '\r', '\n'};
    int skip = lineStart ? 2 : 0;
    put(end, skip, end.length - skip);
    send();
  }
}
