package org.heliograph.asn1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Writes BER with definite lengths, or DER, from the last octet to the first: when a header is
 * written its length is known, so nothing is measured twice. Large octets are referred to, not
 * copied; the result is one {@link Octets} that can be streamed out.
 */
public final class BerWriter {
  private static final int COPIED_UP_TO = 4096;

  private final boolean der;
  private final Deque<Octets> finished = new ArrayDeque<>();
  private long finishedLength;
  private byte[] buffer;
  private int at;

  /**
   * @param der whether SETs are sorted and named bit lists trimmed (X.690 clauses 10 and 11)
   */
  public BerWriter(boolean der) {
    this(der, 512);
  }

  private BerWriter(boolean der, int size) {
    this.der = der;
    this.buffer = new byte[size];
    this.at = size;
  }

  public boolean der() {
    return der;
  }

  /** Octets written so far. */
  public long written() {
    return finishedLength + buffer.length - at;
  }

  /** Puts one octet before what is there. */
  public void octet(int octet) {
    if (at == 0) {
      grow(1);
    }
    buffer[--at] = (byte) octet;
  }

  /** Puts octets before what is there; large ones by reference. */
  public void octets(Octets octets) {
    long length = octets.length();
    if (length <= COPIED_UP_TO) {
      int count = (int) length;
      grow(count);
      at -= count;
      if (count > 0) {
        octets.read(0, buffer, at, count);
      }
      return;
    }
    cut();
    finished.addFirst(octets);
    finishedLength += length;
  }

  void octets(byte[] octets) {
    grow(octets.length);
    at -= octets.length;
    System.arraycopy(octets, 0, buffer, at, octets.length);
  }

  /** Puts identifier and length octets before a content of {@code length} octets. */
  public void header(int tag, boolean constructed, long length) {
    if (length < 0x80) {
      octet((int) length);
    } else {
      int count = 0;
      for (long rest = length; rest > 0; rest >>>= 8, count++) {
        octet((int) rest);
      }
      octet(0x80 | count);
    }
    int first = Tag.classOf(tag) << 6 | (constructed ? 0x20 : 0);
    int number = Tag.number(tag);
    if (number < 0x1F) {
      octet(first | number);
      return;
    }
    octet(number & 0x7F);
    for (int rest = number >>> 7; rest > 0; rest >>>= 7) {
      octet(0x80 | rest & 0x7F);
    }
    octet(first | 0x1F);
  }

  /** The shortest two's complement content of a number (X.690 8.3.2), with its header. */
  void integer(int tag, long value) {
    long before = written();
    long rest = value;
    int octet;
    do {
      octet = (int) rest & 0xFF;
      octet(octet);
      rest >>= 8;
    } while (rest != (octet < 0x80 ? 0 : -1));
    header(tag, false, written() - before);
  }

  /** Puts encodings in ascending order of their octets (X.690 11.6). */
  void sorted(List<Octets> encodings) {
    List<byte[]> arrays = new ArrayList<>();
    encodings.forEach(e -> arrays.add(e.toByteArray()));
    arrays.sort(Arrays::compareUnsigned);
    arrays.reversed().forEach(this::octets);
  }

  /** Puts the components of a SET in ascending order of their tags (X.690 10.3). */
  void components(List<Octets> encodings) {
    encodings.stream()
        .sorted(Comparator.comparing(BerWriter::canonicalTag, Integer::compareUnsigned).reversed())
        .forEach(this::octets);
  }

  private static int canonicalTag(Octets element) {
    int first = element.at(0);
    int number = first & 0x1F;
    if (number == 0x1F) {
      number = 0;
      int octet;
      int at = 1;
      do {
        octet = element.at(at++);
        number = number << 7 | octet & 0x7F;
      } while (octet >= 0x80);
    }
    return Tag.of(first >> 6, number);
  }

  /** All that was written, in order. The writer must not be used afterwards. */
  public Octets finish() {
    if (finished.isEmpty()) {
      return Octets.of(buffer, at, buffer.length - at);
    }
    cut();
    return Octets.join(new ArrayList<>(finished));
  }

  private void cut() {
    if (at < buffer.length) {
      int count = buffer.length - at;
      finished.addFirst(Octets.of(buffer, at, count));
      finishedLength += count;
    }
    buffer = new byte[256];
    at = buffer.length;
  }

  private void grow(int count) {
    if (at >= count) {
      return;
    }
    int used = buffer.length - at;
    byte[] larger = new byte[Math.max(buffer.length * 2, used + count + 64)];
    System.arraycopy(buffer, at, larger, larger.length - used, used);
    buffer = larger;
    at = larger.length - used;
  }
}
