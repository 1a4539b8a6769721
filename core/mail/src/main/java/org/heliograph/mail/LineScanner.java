package org.heliograph.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Goes over content line by line and knows where it is; keeps only the beginning of a line. */
final class LineScanner {
  /** Enough for a boundary: 70 characters by RFC 2046 5.1.1, and some more by custom. */
  private static final int PREFIX = 256;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int filled;
  private long bufferStart;

  private byte[] line = new byte[PREFIX];
  private int kept;
  private long lineStart;
  private long lineLength;
  private int lineEnd;

  LineScanner(InputStream in) {
    this.in = in;
  }

  /** Offset of the next octet to read. */
  long offset() {
    return bufferStart + position;
  }

  /**
   * Reads a line up to its LF.
   *
   * @param keep how many octets of it to keep at most
   * @return false at the end of the content
   */
  boolean next(int keep) throws IOException {
    lineStart = offset();
    kept = 0;
    lineLength = 0;
    lineEnd = 0;
    boolean carriageReturn = false;
    while (true) {
      if (position == filled && !fill()) {
        return lineLength > 0;
      }
      int from = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      boolean found = position < filled;
      int until = found ? ++position : position;
      if (until > from) {
        keep(from, until, keep);
        int last = until - (found ? 2 : 1);
        boolean before = last >= from ? buffer[last] == '\r' : carriageReturn;
        carriageReturn = before;
        lineLength += until - from;
      }
      if (found) {
        lineEnd = carriageReturn ? 2 : 1;
        return true;
      }
    }
  }

  private void keep(int from, int until, int keep) {
    int more = Math.min(until - from, keep - kept);
    if (more > 0) {
      if (kept + more > line.length) {
        line = Arrays.copyOf(line, Math.max(line.length * 2, kept + more));
      }
      System.arraycopy(buffer, from, line, kept, more);
      kept += more;
    }
  }

  private boolean fill() throws IOException {
    bufferStart += filled;
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  long lineStart() {
    return lineStart;
  }

  /** Length of the line with its line end. */
  long lineLength() {
    return lineLength;
  }

  /** Length of the line end: 2 for CRLF, 1 for LF, 0 where the content ended. */
  int lineEnd() {
    return lineEnd;
  }

  boolean blank() {
    return lineLength == lineEnd;
  }

  boolean continued() {
    return kept > 0 && (line[0] == ' ' || line[0] == '\t');
  }

  /** What was kept of the line, its line end included if it was short enough. */
  byte[] kept() {
    return Arrays.copyOf(line, kept);
  }

  /** Whether the line is {@code --boundary}, and if so whether two hyphens close the multipart. */
  Match match(byte[] boundary) {
    if (kept < boundary.length + 2 || line[0] != '-' || line[1] != '-') {
      return Match.NONE;
    }
    for (int i = 0; i < boundary.length; i++) {
      if (line[i + 2] != boundary[i]) {
        return Match.NONE;
      }
    }
    int i = boundary.length + 2;
    boolean close = i + 1 < kept && line[i] == '-' && line[i + 1] == '-';
    if (close) {
      i += 2;
    }
    while (i < kept && (line[i] == ' ' || line[i] == '\t')) {
      i++;
    }
    boolean rest = i < kept && line[i] != '\r' && line[i] != '\n';
    return rest ? Match.NONE : close ? Match.CLOSE : Match.OPEN;
  }

  /** What a line is to a boundary. */
  enum Match {
    NONE,
    OPEN,
    CLOSE
  }

  static final int PREFIX_OCTETS = PREFIX;
}
