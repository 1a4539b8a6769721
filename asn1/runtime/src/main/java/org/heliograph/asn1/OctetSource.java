package org.heliograph.asn1;

/**
 * Stored octets that can be read at any offset, such as the content of a message. Immutable while
 * anything refers to it.
 */
public interface OctetSource {
  /** Number of octets. */
  long length();

  /**
   * Copies octets out.
   *
   * @param offset of the first octet wanted, within the source
   * @param into where to put them
   * @param at index of the first octet in {@code into}
   * @param count how many, at least one; {@code offset + count} is within {@link #length()}
   * @throws java.io.UncheckedIOException when the store fails
   */
  void read(long offset, byte[] into, int at, int count);
}
