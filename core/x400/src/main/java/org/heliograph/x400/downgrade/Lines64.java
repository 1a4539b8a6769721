package org.heliograph.x400.downgrade;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.heliograph.asn1.OctetSource;
import org.heliograph.asn1.Octets;

/**
 * Octets in base64, in lines of 76 characters with CR LF (RFC 2045 6.8), made as they are read: no
 * more than 16 KiB at a time. For one reader at a time.
 */
final class Lines64 implements OctetSource {
  private static final int RAW_LINE = 57;
  private static final int LINE = 78;
  private static final int LINES = 210;

  private final Octets raw;
  private final long length;

  /** The lines made last, from number {@code from} on. */
  private byte[] made = new byte[0];

  private long from = -1;

  Lines64(Octets raw) {
    this.raw = raw;
    long full = raw.length() / RAW_LINE;
    long rest = raw.length() % RAW_LINE;
    this.length = full * LINE + (rest == 0 ? 0 : (rest + 2) / 3 * 4 + 2);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long offset, byte[] into, int at, int count) {
    int done = 0;
    while (done < count) {
      long block = (offset + done) / ((long) LINE * LINES);
      make(block * LINES);
      int within = (int) (offset + done - block * LINE * LINES);
      int n = Math.min(count - done, made.length - within);
      System.arraycopy(made, within, into, at + done, n);
      done += n;
    }
  }

  private void make(long line) {
    if (from == line) {
      return;
    }
    long start = line * RAW_LINE;
    byte[] piece =
        raw.slice(start, Math.min((long) RAW_LINE * LINES, raw.length() - start)).toByteArray();
    String lines =
        Base64.getMimeEncoder(LINE - 2, new byte[] {'\r', '\n'}).encodeToString(piece) + "\r\n";
    made = lines.getBytes(StandardCharsets.US_ASCII);
    from = line;
  }
}
