package org.heliograph.protection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stream that gives no more octets than are allowed at present: what a CMS parser collects
 * (recipients, certificates, attributes) is bounded, what it streams is not; and that are
 * well-formed (see {@link BerScan}). Calls {@code pause} once for each 256 KiB.
 */
final class Metered extends FilterInputStream {
  /** Most octets of one layer beside its content: recipients before, certificates after. */
  static final long COLLECTED = 1024 * 1024;

  private static final int SLICE = 256 * 1024;

  private final Runnable pause;
  private final BerScan scan = new BerScan();
  private final byte[] one = new byte[1];
  private long left = COLLECTED;
  private int slice;

  Metered(InputStream in, Runnable pause) {
    super(in);
    this.pause = pause;
  }

  /** From here on everything may be read. */
  void streaming() {
    left = Long.MAX_VALUE;
  }

  /** From here on only {@link #COLLECTED} octets may be read. */
  void collecting() {
    left = COLLECTED;
  }

  @Override
  public int read() throws IOException {
    int octet = in.read();
    if (octet >= 0) {
      one[0] = (byte) octet;
      count(one, 0, 1);
    }
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n > 0) {
      count(into, offset, n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] nowhere = new byte[(int) Math.min(n, 8192)];
    return Math.max(0, read(nowhere, 0, nowhere.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what remains and sees that the element ended, and nothing stands behind it. */
  void finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    scan.end();
  }

  private void count(byte[] octets, int offset, int n) throws IOException {
    scan.accept(octets, offset, n, COLLECTED);
    left -= n;
    if (left < 0) {
      throw new MalformedException(
          "more than " + COLLECTED + " octets of recipients, certificates or attributes");
    }
    slice += n;
    if (slice >= SLICE) {
      slice = 0;
      pause.run();
    }
  }
}
