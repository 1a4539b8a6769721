package org.heliograph.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Octets as a value: immutable, compared by content, shown in hexadecimal. For small things;
 * content is streamed.
 */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of {@code octets}. */
  public static Bytes of(byte[] octets) {
    return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
  }

  /** A copy of {@code length} octets of {@code octets} from {@code offset} on. */
  public static Bytes of(byte[] octets, int offset, int length) {
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(octets, offset, offset + length));
  }

  /** The UTF-8 octets of {@code text}. */
  public static Bytes ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The octets written in {@code hex}, two digits each, without separators. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** No octets. */
  public static Bytes empty() {
    return EMPTY;
  }

  public int length() {
    return octets.length;
  }

  public byte at(int index) {
    return octets[index];
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** The octets read as UTF-8. */
  public String text() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
