package org.heliograph.asn1;

/**
 * A value of an open type, or an element that this version does not know: one complete element kept
 * as octets, which leave unchanged.
 */
public record Any(Octets octets) {
  /** The element {@code 05 00}. */
  public static final Any NULL = new Any(Octets.of(new byte[] {5, 0}));

  /** A value of a known type, encoded. */
  public static <T extends Object> Any of(Codec<T> codec, T value) {
    return new Any(codec.encode(value));
  }

  /**
   * Reads the element as a value of a type. Offsets in the exception count from its first octet.
   */
  public <T extends Object> T as(Codec<T> codec) throws DecodeException {
    return codec.decode(octets);
  }
}
