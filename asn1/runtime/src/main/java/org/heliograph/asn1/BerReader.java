package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads BER (X.690 8.1): headers one after the other, definite and indefinite lengths, high tags.
 * Leaves are slices of the input, never copies. One reader reads one value, on one thread.
 *
 * <p>The pattern: {@link #next()} parses the header of the next element of the current constructed
 * encoding, or says that there is none; then exactly one of {@link #open()} with {@link #close()},
 * {@link #content()}, {@link #element()} consumes it.
 */
public final class BerReader {
  private static final int WINDOW = 8 * 1024;
  private static final int MAX_VIOLATIONS = 100;

  private final Octets input;
  private final Limits limits;
  private byte[] window;
  private long windowStart;
  private long windowEnd;

  private long position;
  private long end;
  private boolean indefinite;
  private long[] outer = new long[16];
  private int depth;
  private int elements;

  private long start;
  private int tag;
  private boolean constructed;
  private long length;

  private final List<Violation> violations = new ArrayList<>(0);

  /** A reader over the given octets. */
  public BerReader(Octets input, Limits limits) {
    this.input = input;
    this.limits = limits;
    this.end = input.length();
    if (input instanceof ArrayOctets array) {
      window = array.array;
      windowStart = -array.offset;
      windowEnd = array.length();
    } else {
      window = new byte[(int) Math.min(WINDOW, input.length())];
    }
  }

  /**
   * Parses the next header of the current constructed encoding.
   *
   * @return false at its end; an end-of-contents is then consumed
   */
  public boolean next() throws DecodeException {
    if (indefinite) {
      if (position < end && octet(position) == 0) {
        endOfContents();
        return false;
      }
    } else if (position >= end) {
      return false;
    }
    header();
    return true;
  }

  /** The tag of the current element ({@link Tag}). */
  public int tag() {
    return tag;
  }

  /** Whether the current element is constructed. */
  public boolean constructed() {
    return constructed;
  }

  /** Content length of the current element, -1 when indefinite. */
  public long length() {
    return length;
  }

  /** Offset of the identifier octet of the current element. */
  public long start() {
    return start;
  }

  /** Offset of what is read next. */
  public long position() {
    return position;
  }

  /** Enters the current element, which must be constructed. */
  public void open() throws DecodeException {
    if (!constructed) {
      throw fail(Tag.text(tag) + " must be constructed here");
    }
    if (depth >= limits.depth()) {
      throw fail("nested deeper than " + limits.depth());
    }
    if (depth == outer.length) {
      outer = java.util.Arrays.copyOf(outer, depth * 2);
    }
    // The frame left behind: its end, and its kind in the lowest bit.
    outer[depth++] = end << 1 | (indefinite ? 1 : 0);
    indefinite = length < 0;
    if (!indefinite) {
      end = position + length;
    }
  }

  /** Leaves the element entered last; {@link #next()} must have said false. */
  public void close() throws DecodeException {
    if (indefinite || position != end) {
      throw new DecodeException(position, "unexpected element");
    }
    long frame = outer[--depth];
    end = frame >> 1;
    indefinite = (frame & 1) != 0;
  }

  /** The content of the current element, which must be primitive. */
  public Octets content() throws DecodeException {
    if (constructed) {
      throw fail(Tag.text(tag) + " must be primitive here");
    }
    Octets slice = input.slice(position, length);
    position += length;
    return slice;
  }

  /** The current element whole, with its header (and end-of-contents). */
  public Octets element() throws DecodeException {
    long from = start;
    skip();
    return input.slice(from, position - from);
  }

  /** Passes over the current element. */
  public void skip() throws DecodeException {
    if (length >= 0) {
      position += length;
      return;
    }
    int open = 1;
    if (open + depth > limits.depth()) {
      throw fail("nested deeper than " + limits.depth());
    }
    while (open > 0) {
      if (position < end && octet(position) == 0) {
        endOfContentsOctets();
        open--;
      } else {
        header();
        if (length >= 0) {
          position += length;
        } else if (++open + depth > limits.depth()) {
          throw fail("nested deeper than " + limits.depth());
        }
      }
    }
  }

  /** A primitive INTEGER-like content as a signed number of at most eight octets (X.690 8.3). */
  long integer() throws DecodeException {
    if (constructed) {
      throw fail(Tag.text(tag) + " must be primitive here");
    }
    if (length == 0) {
      throw fail("a number needs at least one octet");
    }
    if (length > 8) {
      throw fail("number of " + length + " octets; at most 8 are read here");
    }
    long value = (byte) octet(position);
    for (long at = position + 1; at < position + length; at++) {
      value = value << 8 | octet(at);
    }
    position += length;
    return value;
  }

  int boolOctet() throws DecodeException {
    if (constructed || length != 1) {
      throw fail("BOOLEAN is one primitive octet");
    }
    return octet(position++);
  }

  Octets range(long from, long to) {
    return input.slice(from, to - from);
  }

  /** An exception at the current element. */
  public DecodeException fail(String rule) {
    return new DecodeException(start, rule);
  }

  /** Notes a broken constraint of the element that starts at {@code offset}. */
  void violation(long offset, String rule) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(new Violation(offset, "", rule));
    }
  }

  int violationCount() {
    return violations.size();
  }

  void violationsWithin(int from, String outerName) {
    for (int i = from; i < violations.size(); i++) {
      violations.set(i, violations.get(i).within(outerName));
    }
  }

  /** The constraints broken so far; at most 100 are kept. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  private void header() throws DecodeException {
    start = position;
    if (++elements > limits.elements()) {
      throw fail("more than " + limits.elements() + " elements");
    }
    int first = identifier();
    constructed = (first & 0x20) != 0;
    int number = first & 0x1F;
    tag = Tag.of(first >> 6, number == 0x1F ? highNumber() : number);
    if (tag == 0) {
      throw fail("end-of-contents where none is open");
    }
    int octet = identifier();
    if (octet < 0x80) {
      length = octet;
    } else if (octet == 0x80) {
      if (!constructed) {
        throw fail("indefinite length needs a constructed encoding");
      }
      length = -1;
      return;
    } else {
      length = longLength(octet & 0x7F);
    }
    if (length > end - position) {
      throw fail(
          "length " + length + " runs past the end, " + (end - position) + " octets are left");
    }
  }

  private int highNumber() throws DecodeException {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      int octet = identifier();
      if (i == 0 && octet == 0x80) {
        throw fail("tag number with a leading zero");
      }
      number = number << 7 | octet & 0x7F;
      if ((octet & 0x80) == 0) {
        if (number < 0x1F) {
          throw fail("tag number " + number + " in the long form");
        }
        return number;
      }
    }
    throw fail("tag number longer than 28 bits");
  }

  private long longLength(int count) throws DecodeException {
    if (count == 0x7F) {
      throw fail("length octet FF is reserved");
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      int octet = identifier();
      if (value >= 1L << 54) {
        throw fail("length of more than 62 bits");
      }
      value = value << 8 | octet;
    }
    return value;
  }

  private int identifier() throws DecodeException {
    if (position >= end) {
      throw new DecodeException(position, "header is cut off");
    }
    return octet(position++);
  }

  private void endOfContents() throws DecodeException {
    endOfContentsOctets();
    indefinite = false;
    end = position;
  }

  private void endOfContentsOctets() throws DecodeException {
    if (end - position < 2 || octet(position + 1) != 0) {
      throw new DecodeException(position, "end-of-contents is two zero octets");
    }
    position += 2;
  }

  private int octet(long at) {
    if (at >= windowEnd || at < 0 || at < windowStart) {
      fill(at);
    }
    return window[(int) (at - windowStart)] & 0xFF;
  }

  private void fill(long at) {
    windowStart = at;
    int count = (int) Math.min(window.length, input.length() - at);
    input.read(at, window, 0, count);
    windowEnd = at + count;
  }
}
