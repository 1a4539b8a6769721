package org.heliograph.asn1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Octets by reference: a range of an array, a range of stored content, or several of these joined.
 * Slicing never copies. Whoever gives an array away must not change it any more. Equality is by
 * content.
 */
public abstract sealed class Octets permits ArrayOctets, StoredOctets, JoinedOctets {
  private static final int CHUNK = 16 * 1024;

  /** No octets. */
  public static Octets empty() {
    return ArrayOctets.NOTHING;
  }

  /** A whole array, by reference. */
  public static Octets of(byte[] array) {
    return new ArrayOctets(array, 0, array.length);
  }

  /** A range of an array, by reference. */
  public static Octets of(byte[] array, int offset, int length) {
    return new ArrayOctets(array, offset, length);
  }

  /** All of a source, by reference. */
  public static Octets of(OctetSource source) {
    return new StoredOctets(source, 0, source.length());
  }

  /** The octets that hexadecimal digits say; white space between them is ignored. */
  public static Octets ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }

  /** The UTF-8 octets of a text. */
  public static Octets utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Several pieces one after the other, by reference. */
  public static Octets join(List<Octets> pieces) {
    List<Octets> real = pieces.stream().filter(p -> p.length() > 0).toList();
    return switch (real.size()) {
      case 0 -> empty();
      case 1 -> real.getFirst();
      default -> new JoinedOctets(real);
    };
  }

  /** Number of octets. */
  public abstract long length();

  /** A range of these octets. */
  public abstract Octets slice(long offset, long length);

  /** Copies {@code count} octets from {@code offset} on; the range must be within these octets. */
  public abstract void read(long offset, byte[] into, int at, int count);

  /** Hands all octets to a sink, in pieces, holding at most 16 KiB more than it has already. */
  public void writeTo(OctetSink sink) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, length())];
    for (long at = 0; at < length(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, length() - at);
      read(at, chunk, 0, count);
      sink.accept(chunk, 0, count);
    }
  }

  /** One octet, 0 to 255. */
  public int at(long offset) {
    byte[] one = new byte[1];
    read(offset, one, 0, 1);
    return one[0] & 0xFF;
  }

  public final boolean isEmpty() {
    return length() == 0;
  }

  /**
   * A copy as an array. For small values: whoever calls this has checked {@link #length()}.
   *
   * @throws IllegalStateException when there are more octets than an array holds
   */
  public final byte[] toByteArray() {
    if (length() > Integer.MAX_VALUE - 16) {
      throw new IllegalStateException(length() + " octets do not fit in an array");
    }
    byte[] copy = new byte[(int) length()];
    if (copy.length > 0) {
      read(0, copy, 0, copy.length);
    }
    return copy;
  }

  /** A stream over these octets; closing it does nothing. */
  public final InputStream inputStream() {
    return new OctetsInputStream(this);
  }

  /** Lower-case hexadecimal of at most the first {@code limit} octets. */
  public final String hex(int limit) {
    int count = (int) Math.min(limit, length());
    String text = HexFormat.of().formatHex(slice(0, count).toByteArray());
    return count < length() ? text + "..." : text;
  }

  @Override
  public final boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Octets that) || that.length() != length()) {
      return false;
    }
    byte[] a = new byte[(int) Math.min(CHUNK, length())];
    byte[] b = new byte[a.length];
    for (long at = 0; at < length(); at += a.length) {
      int count = (int) Math.min(a.length, length() - at);
      read(at, a, 0, count);
      that.read(at, b, 0, count);
      if (!Arrays.equals(a, 0, count, b, 0, count)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Over the length and the first 64 octets: enough to tell values apart, and never a long read.
   */
  @Override
  public final int hashCode() {
    int count = (int) Math.min(64, length());
    byte[] first = new byte[count];
    if (count > 0) {
      read(0, first, 0, count);
    }
    return 31 * Arrays.hashCode(first) + Long.hashCode(length());
  }

  /** Length and the first octets, for people; never the whole content. */
  @Override
  public final String toString() {
    return length() + " octets " + hex(16);
  }

  final void checkRange(long offset, long count) {
    if (offset < 0 || count < 0 || offset > length() - count) {
      throw new IndexOutOfBoundsException(
          "octets " + offset + " to " + (offset + count) + " of " + length());
    }
  }
}
