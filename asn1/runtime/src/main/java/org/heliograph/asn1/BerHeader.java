package org.heliograph.asn1;

import org.jspecify.annotations.Nullable;

/**
 * One header (X.690 8.1.2, 8.1.3) read without judging whether its content is there.
 *
 * @param tag see {@link Tag}; 0 is an end-of-contents
 * @param length -1 when indefinite
 * @param position behind the header, or where the problem is
 * @param problem why there is no header here
 */
record BerHeader(
    int tag, boolean constructed, long length, long position, @Nullable String problem) {

  static BerHeader read(Octets octets, long start, long end) {
    if (start >= end) {
      return broken(start, "the octets end where an element is expected");
    }
    long at = start;
    int first = octets.at(at++);
    int number = first & 0x1F;
    if (number == 0x1F) {
      number = 0;
      int octet;
      do {
        if (at >= end || at > start + 4) {
          return broken(at, "no complete tag number of at most 28 bits");
        }
        octet = octets.at(at++);
        number = number << 7 | octet & 0x7F;
      } while (octet >= 0x80);
    }
    if (at >= end) {
      return broken(at, "the octets end within a header");
    }
    int tag = Tag.of(first >> 6, number);
    boolean constructed = (first & 0x20) != 0;
    int octet = octets.at(at++);
    if (octet == 0x80) {
      return constructed
          ? new BerHeader(tag, true, -1, at, null)
          : broken(at, "indefinite length needs a constructed encoding");
    }
    long length = octet;
    if (octet > 0x80) {
      length = 0;
      for (int i = 0; i < (octet & 0x7F); i++) {
        if (at >= end) {
          return broken(at, "the octets end within a header");
        }
        if (length >= 1L << 54) {
          return broken(at, "length of more than 62 bits");
        }
        length = length << 8 | octets.at(at++);
      }
    }
    return new BerHeader(tag, constructed, length, at, null);
  }

  private static BerHeader broken(long position, String problem) {
    return new BerHeader(0, false, 0, position, problem);
  }
}
