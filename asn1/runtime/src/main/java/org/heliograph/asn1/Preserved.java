package org.heliograph.asn1;

/**
 * A value with the very octets it came in ({@code -- @octets}), so that a signature over it stays
 * valid. Encoding writes the octets and does not look at the value.
 *
 * @param octets one complete element
 */
public record Preserved<T>(T value, Octets octets) {
  /** A new value in DER, ready to be signed. */
  public static <T extends Object> Preserved<T> of(T value, Codec<T> codec) {
    return new Preserved<>(value, codec.encodeDer(value));
  }
}
