package org.heliograph.osi.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads one BER element (X.690 8.1) that arrives in pieces of any size, holding nothing but headers
 * and what the handler asks to have collected. Definite and indefinite lengths at every level.
 */
public final class BerStream {
  /** What to do with the content of an element. */
  public enum Take {
    /** Read the elements within it. */
    OPEN,
    /** Hand over the whole content; for primitive encodings of at most 64 octets. */
    COLLECT,
    /** Hand over the content as it comes, without end-of-contents octets of the element itself. */
    PASS
  }

  /** Decides element by element. */
  public interface Handler {
    /**
     * A header was read.
     *
     * @param depth 0 for the outermost element
     * @param tag as in {@link org.heliograph.asn1.Tag}
     * @param length of the content, -1 if indefinite
     */
    Take header(int depth, int tag, boolean constructed, long length) throws ProtocolError;

    /** The content of an element to be collected. */
    void collected(int depth, int tag, byte[] content)
        throws ProtocolError, IOException, InterruptedException;

    /** The next octets of the element being passed. */
    void passed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException;

    /** An opened or passed element has ended. */
    void closed(int depth, int tag) throws ProtocolError, IOException, InterruptedException;
  }

  private static final int DEEPEST = 24;
  private static final int LARGEST_COLLECTED = 64;
  private static final long INDEFINITE = -1;

  private final ProtocolError.In in;
  private final String what;
  private final Handler handler;
  private final int[] tags = new int[DEEPEST];
  private final long[] ends = new long[DEEPEST];
  private final long[] limits = new long[DEEPEST];
  private final byte[] header = new byte[16];
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream(LARGEST_COLLECTED);
  private int headerLength;
  private int depth;
  private Take take = Take.OPEN;
  private long position;
  private int nested;
  private long skipTo;
  private boolean complete;
  // The header just parsed.
  private int tag;
  private boolean constructed;
  private long length;

  /**
   * @param in the layer on whose behalf errors are raised
   * @param what is read, for errors
   */
  public BerStream(ProtocolError.In in, String what, Handler handler) {
    this.in = in;
    this.what = what;
    this.handler = handler;
  }

  /** Whether the outermost element has ended. */
  public boolean complete() {
    return complete;
  }

  /** Octets taken so far. */
  public long position() {
    return position;
  }

  /** Makes ready for another element. */
  public void reset() {
    headerLength = 0;
    depth = 0;
    take = Take.OPEN;
    position = 0;
    nested = 0;
    complete = false;
    collected.reset();
  }

  /** Takes all that remains in the buffer. */
  public void feed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    while (octets.hasRemaining()) {
      if (complete) {
        throw fail("an octet after the end");
      }
      switch (take) {
        case OPEN -> readHeader(octets);
        case COLLECT -> collect(octets);
        case PASS -> pass(octets);
      }
    }
  }

  /** A protocol error at the present position. */
  public ProtocolError fail(String rule) {
    return new ProtocolError(in, what, position, rule);
  }

  private long limit() {
    return depth == 0 ? Long.MAX_VALUE : limits[depth - 1];
  }

  private void readHeader(ByteBuffer octets)
      throws ProtocolError, IOException, InterruptedException {
    if (!parse(octets)) {
      return;
    }
    if (tag == 0 && length == 0 && !constructed) {
      if (depth == 0 || ends[depth - 1] != INDEFINITE) {
        throw fail("end-of-contents in an element of definite length");
      }
      close();
      return;
    }
    if (depth == DEEPEST) {
      throw fail("more than " + DEEPEST + " elements within each other");
    }
    take = handler.header(depth, tag, constructed, length);
    if (take == Take.OPEN && !constructed || take == Take.COLLECT && constructed) {
      throw fail(
          "a " + (constructed ? "constructed" : "primitive") + " encoding is not allowed here");
    }
    if (take == Take.COLLECT && length > LARGEST_COLLECTED) {
      throw fail("a value of " + length + " octets where at most 64 are allowed");
    }
    tags[depth] = tag;
    ends[depth] = length < 0 ? INDEFINITE : position + length;
    limits[depth] = length < 0 ? limit() : position + length;
    depth++;
    nested = 0;
    skipTo = position;
    if (length == 0) {
      finishLeaf();
    }
  }

  /** Reads one header; false if the octets end within it. */
  private boolean parse(ByteBuffer octets) throws ProtocolError {
    while (octets.hasRemaining()) {
      if (position >= limit()) {
        throw fail("a header beyond the end of the element around it");
      }
      header[headerLength++] = octets.get();
      position++;
      if (headerComplete()) {
        headerLength = 0;
        return true;
      }
      if (headerLength == header.length) {
        throw fail("a header of more than 15 octets");
      }
    }
    return false;
  }

  private boolean headerComplete() throws ProtocolError {
    int first = header[0] & 0xFF;
    int at = 1;
    int number = first & 0x1F;
    if (number == 0x1F) {
      number = 0;
      do {
        if (at > 4) {
          throw fail("a tag number of more than 28 bits");
        }
        if (at >= headerLength) {
          return false;
        }
        number = number << 7 | header[at] & 0x7F;
      } while ((header[at++] & 0x80) != 0);
    }
    if (at >= headerLength) {
      return false;
    }
    tag = first >> 6 << 30 | number;
    constructed = (first & 0x20) != 0;
    int octet = header[at++] & 0xFF;
    if (octet == 0x80) {
      if (!constructed) {
        throw fail("indefinite length needs a constructed encoding");
      }
      length = -1;
      return true;
    }
    if (octet == 0xFF) {
      throw fail("a reserved length octet");
    }
    int count = octet > 0x80 ? octet & 0x7F : 0;
    if (at + count > headerLength) {
      if (count > 8) {
        throw fail("a length of more than 8 octets");
      }
      return false;
    }
    length = count == 0 ? octet : 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | header[at++] & 0xFF;
    }
    if (length < 0 || length > limit() - position) {
      throw fail(
          "a length of " + Long.toUnsignedString(length) + " reaches beyond the element around it");
    }
    return true;
  }

  private void collect(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    int n = (int) Math.min(octets.remaining(), ends[depth - 1] - position);
    byte[] piece = new byte[n];
    octets.get(piece);
    collected.write(piece, 0, n);
    position += n;
    if (position == ends[depth - 1]) {
      finishLeaf();
    }
  }

  private void finishLeaf() throws ProtocolError, IOException, InterruptedException {
    if (take == Take.COLLECT) {
      byte[] content = collected.toByteArray();
      collected.reset();
      depth--;
      take = Take.OPEN;
      handler.collected(depth, tags[depth], content);
      closeEnded();
    } else {
      close();
    }
  }

  private void pass(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    int top = depth - 1;
    if (ends[top] != INDEFINITE) {
      hand(octets, (int) Math.min(octets.remaining(), ends[top] - position));
      if (position == ends[top]) {
        close();
      }
      return;
    }
    int start = octets.position();
    while (octets.hasRemaining()) {
      if (position < skipTo) {
        int n = (int) Math.min(octets.remaining(), skipTo - position);
        octets.position(octets.position() + n);
        position += n;
        continue;
      }
      // Header octets of nested elements are content too, but an end-of-contents may be our own.
      if (headerLength == 0 && nested == 0 && octets.get(octets.position()) == 0) {
        handRange(octets, start);
        if (parse(octets)) {
          endOfContents();
          close();
          return;
        }
        start = octets.position();
        continue;
      }
      boolean ours = headerLength > 0 && nested == 0 && header[0] == 0;
      if (parse(octets)) {
        if (tag == 0) {
          endOfContents();
          if (ours) {
            close();
            return;
          }
          nested--;
        } else if (length < 0) {
          nested++;
        } else {
          skipTo = position + length;
        }
      }
    }
    handRange(octets, start);
  }

  private void endOfContents() throws ProtocolError {
    if (tag != 0 || length != 0 || constructed) {
      throw fail("tag 0 is no element");
    }
  }

  /** Hands over what lies between a start and the present position of the buffer. */
  private void handRange(ByteBuffer octets, int start)
      throws ProtocolError, IOException, InterruptedException {
    int n = octets.position() - start;
    if (n > 0) {
      handler.passed(octets.slice(start, n));
    }
  }

  private void hand(ByteBuffer octets, int n)
      throws ProtocolError, IOException, InterruptedException {
    ByteBuffer piece = octets.slice(octets.position(), n);
    octets.position(octets.position() + n);
    position += n;
    handler.passed(piece);
  }

  private void close() throws ProtocolError, IOException, InterruptedException {
    depth--;
    take = Take.OPEN;
    handler.closed(depth, tags[depth]);
    closeEnded();
  }

  /** Closes the definite elements that end where the last one ended. */
  private void closeEnded() throws ProtocolError, IOException, InterruptedException {
    while (depth > 0 && ends[depth - 1] == position) {
      depth--;
      handler.closed(depth, tags[depth]);
    }
    complete = depth == 0;
  }
}
