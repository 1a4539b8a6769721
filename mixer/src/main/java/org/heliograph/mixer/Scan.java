package org.heliograph.mixer;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.asn1.Octets;

/**
 * What a look at octets tells about how mail can carry them.
 *
 * @param ascii whether every octet is below 128 and none is NUL
 * @param lines whether CR and LF occur as CRLF only
 * @param longest line, in octets without its end
 */
record Scan(boolean ascii, boolean lines, long longest) {
  /** RFC 5322 2.1.1. */
  private static final int LINE = 998;

  /** Whether the octets can stand in mail as they are. */
  boolean sevenBit() {
    return ascii && lines && longest <= LINE;
  }

  static Scan of(Octets octets, Desk desk) throws IOException {
    boolean ascii = true;
    boolean lines = true;
    long longest = 0;
    long line = 0;
    boolean carriageReturn = false;
    byte[] slice = new byte[16 * 1024];
    try (InputStream in = desk.reading(octets)) {
      for (int n = in.read(slice); n >= 0; n = in.read(slice)) {
        for (int i = 0; i < n; i++) {
          byte octet = slice[i];
          ascii &= octet > 0;
          if (octet == '\n') {
            lines &= carriageReturn;
            longest = Math.max(longest, line - 1);
            line = 0;
          } else {
            lines &= !carriageReturn;
            line++;
          }
          carriageReturn = octet == '\r';
        }
      }
    }
    return new Scan(ascii, lines && !carriageReturn, Math.max(longest, line));
  }
}
