package org.heliograph.smtp;

import java.nio.ByteBuffer;

/**
 * Finds the end of a message, CRLF.CRLF and nothing else, and takes away the dots that were put
 * before dots (RFC 5321 4.1.1.4, 4.5.2). Notes what a message may not hold. Works on the received
 * octets in place; a message may be cut anywhere.
 */
final class DotUnstuffing {
  /** Takes the octets of the message. */
  interface Sink {
    void write(byte[] octets, int from, int length);
  }

  private enum State {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR
  }

  private static final byte[] CARRIAGE_RETURN = {'\r'};

  private State state = State.LINE_START;
  private int seen;
  private boolean bareLineFeed;
  private boolean bareCarriageReturn;
  private boolean nul;
  private long line;
  private long longest;

  /**
   * Takes octets up to the end of the message or of {@code in}.
   *
   * @param in on an array; its position is moved behind what was taken
   * @return whether the message has ended
   */
  boolean take(ByteBuffer in, Sink sink) {
    byte[] octets = in.array();
    int end = in.arrayOffset() + in.limit();
    int at = in.arrayOffset() + in.position();
    int run = at;
    while (at < end) {
      switch (state) {
        case LINE_START -> {
          if (octets[at] == '.') {
            sink.write(octets, run, at - run);
            run = ++at;
            state = State.DOT;
          } else {
            state = State.TEXT;
          }
        }
        case TEXT -> at = text(octets, at, end);
        case CR -> {
          if (octets[at] == '\n') {
            at++;
            endLine();
            state = State.LINE_START;
          } else {
            bareCarriageReturn = true;
            state = State.TEXT;
          }
        }
        case DOT -> {
          if (octets[at] == '\r') {
            run = ++at;
            state = State.DOT_CR;
          } else {
            state = State.TEXT;
          }
        }
        case DOT_CR -> {
          if (octets[at] == '\n') {
            in.position(at + 1 - in.arrayOffset());
            return true;
          }
          sink.write(CARRIAGE_RETURN, 0, 1);
          bareCarriageReturn = true;
          run = at;
          state = State.TEXT;
        }
      }
    }
    sink.write(octets, run, end - run);
    in.position(in.limit());
    return false;
  }

  /** Goes on to behind the next octet that matters. */
  private int text(byte[] octets, int from, int end) {
    int at = from;
    int all = 0;
    byte octet = 1;
    while (at < end) {
      octet = octets[at];
      if (octet <= '\r' && (octet == '\r' || octet == '\n' || octet == 0)) {
        break;
      }
      all |= octet;
      at++;
    }
    seen |= all;
    line += at - from;
    if (at == end) {
      return at;
    }
    switch (octet) {
      case '\r' -> state = State.CR;
      case '\n' -> {
        bareLineFeed = true;
        endLine();
      }
      default -> {
        nul = true;
        line++;
      }
    }
    return at + 1;
  }

  private void endLine() {
    longest = Math.max(longest, line + 2);
    line = 0;
  }

  boolean eightBit() {
    return seen < 0;
  }

  boolean bareLineFeed() {
    return bareLineFeed;
  }

  boolean bareCarriageReturn() {
    return bareCarriageReturn;
  }

  boolean nul() {
    return nul;
  }

  /** The longest line so far, its line end included. */
  long longest() {
    return Math.max(longest, line);
  }
}
