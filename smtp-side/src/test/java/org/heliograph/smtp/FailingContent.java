package org.heliograph.smtp;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.model.Content;

/** Content that can be read once, and breaks in the middle of the second reading. */
final class FailingContent implements Content {
  private static final int LENGTH = 200_000;

  private int readings;

  @Override
  public long length() {
    return LENGTH;
  }

  @Override
  public InputStream open(long offset) {
    boolean breaks = ++readings > 1;
    return new InputStream() {
      private int at;

      @Override
      public int read() throws IOException {
        if (breaks && at > LENGTH / 2) {
          throw new IOException("the store broke (this test wants it)");
        }
        return at++ < LENGTH ? 'x' : -1;
      }

      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        int octet = read();
        if (octet < 0) {
          return -1;
        }
        int n = Math.min(most, 1000);
        java.util.Arrays.fill(into, from, from + n, (byte) octet);
        at += n - 1;
        return n;
      }
    };
  }
}
