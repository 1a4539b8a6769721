package org.heliograph.asn1;

import java.util.List;

/**
 * A BIT STRING (X.690 8.6). Bit 0 is the first one.
 *
 * @param octets the bits, first bit in the highest place of the first octet
 * @param unused how many low bits of the last octet do not count, 0 to 7
 */
public record BitString(Octets octets, int unused) {
  /** No bits. */
  public static final BitString EMPTY = new BitString(Octets.empty(), 0);

  public BitString {
    if (unused < 0 || unused > 7 || (unused > 0 && octets.isEmpty())) {
      throw new IllegalArgumentException("unused bits: " + unused);
    }
  }

  /** With exactly these bits set, and no longer than the highest of them (at most bit 2047). */
  public static BitString ofBits(int... bits) {
    int highest = -1;
    for (int bit : bits) {
      if (bit < 0 || bit > 2047) {
        throw new IllegalArgumentException("bit " + bit);
      }
      highest = Math.max(highest, bit);
    }
    if (highest < 0) {
      return EMPTY;
    }
    byte[] octets = new byte[highest / 8 + 1];
    for (int bit : bits) {
      octets[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return new BitString(Octets.of(octets), 7 - highest % 8);
  }

  /** Number of bits. */
  public long length() {
    return octets.length() * 8 - unused;
  }

  /** Whether a bit is there and set. */
  public boolean isSet(int bit) {
    return bit < length() && (octets.at(bit / 8) & 0x80 >> bit % 8) != 0;
  }

  /** This with one bit set or cleared, long enough to hold it. */
  public BitString with(int bit, boolean set) {
    int bits = (int) Math.max(bit + 1L, Math.min(length(), 2048));
    byte[] copy = new byte[(bits + 7) / 8];
    octets.read(0, copy, 0, (int) Math.min(copy.length, octets.length()));
    int mask = 0x80 >> bit % 8;
    copy[bit / 8] = (byte) (set ? copy[bit / 8] | mask : copy[bit / 8] & ~mask);
    return new BitString(Octets.of(copy), copy.length * 8 - bits);
  }

  /** Without trailing zero bits, as DER wants a named bit list (X.690 11.2.2). */
  BitString trimmed() {
    BitString clean = clean();
    long count = clean.octets.length();
    while (count > 0 && clean.octets.at(count - 1) == 0) {
      count--;
    }
    return count == 0
        ? EMPTY
        : new BitString(
            clean.octets.slice(0, count),
            Integer.numberOfTrailingZeros(clean.octets.at(count - 1)));
  }

  /** With zeros where no bit counts, as DER wants it (X.690 11.2.1). */
  BitString clean() {
    if (unused == 0) {
      return this;
    }
    long last = octets.length() - 1;
    int octet = octets.at(last);
    int wanted = octet & 0xFF << unused;
    return octet == wanted
        ? this
        : new BitString(
            Octets.join(List.of(octets.slice(0, last), Octets.of(new byte[] {(byte) wanted}))),
            unused);
  }
}
