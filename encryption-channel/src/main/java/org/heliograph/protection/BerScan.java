package org.heliograph.protection;

import java.io.IOException;

/**
 * Follows the headers of one BER element as its octets pass (X.690 8.1), so that what a CMS library
 * would trip over is refused before the library sees it: nesting without end, a length that nobody
 * sent, octets missing at the end or standing behind it. Contents are passed over, not kept.
 */
final class BerScan {
  /** CMS with certificates nests about 20 deep. */
  static final int MAX_DEPTH = 48;

  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int IMPLICIT_0 = 0x80;
  private static final int OCTETS = 0x04;
  private static final int OCTETS_CONSTRUCTED = 0x24;
  private static final int CONSTRUCTED = 0x20;
  private static final int INDEFINITE = 0x80;
  private static final int MAX_LENGTH_OCTETS = 7;
  private static final int MAX_TAG_OCTETS = 5;

  /** Where the octets of content stand: ContentInfo, [0], SignedData or EnvelopedData, its info. */
  private static final int[] TO_CONTENT = {SEQUENCE, EXPLICIT_0, SEQUENCE, SEQUENCE};

  private enum At {
    TAG,
    LONG_TAG,
    LENGTH,
    LONG_LENGTH,
    VALUE,
    END
  }

  private final int[] tags = new int[MAX_DEPTH];

  /** Where an open element ends at the latest; of an indefinite one, where its parent does. */
  private final long[] ends = new long[MAX_DEPTH];

  private final boolean[] definite = new boolean[MAX_DEPTH];
  private int depth;
  private long position;
  private At at = At.TAG;
  private int tag;
  private int more;
  private long length;

  /**
   * The next octets.
   *
   * @param most longest primitive value that is not content
   * @throws IOException telling what is wrong and at which octet
   */
  void accept(byte[] octets, int offset, int count, long most) throws IOException {
    int i = offset;
    int end = offset + count;
    while (i < end) {
      if (at == At.VALUE) {
        int step = (int) Math.min(length, end - i);
        i += step;
        position += step;
        length -= step;
        if (length == 0) {
          finished();
        }
      } else {
        octet(octets[i++] & 0xff, most);
      }
    }
  }

  /**
   * To be called when no more octets come.
   *
   * @throws IOException if the element has not ended
   */
  void end() throws IOException {
    if (at != At.END) {
      throw new MalformedException("the octets end at " + position + " inside an element");
    }
  }

  private void octet(int octet, long most) throws IOException {
    position++;
    switch (at) {
      case TAG -> {
        tag = octet;
        more = 0;
        at = (octet & 0x1f) == 0x1f ? At.LONG_TAG : At.LENGTH;
      }
      case LONG_TAG -> {
        if (++more > MAX_TAG_OCTETS) {
          throw wrong("a tag of more than " + MAX_TAG_OCTETS + " octets");
        }
        if (octet < 0x80) {
          at = At.LENGTH;
        }
      }
      case LENGTH -> {
        if (octet == INDEFINITE) {
          open(0, false);
        } else if (octet < 0x80) {
          length = octet;
          header(most);
        } else {
          more = octet & 0x7f;
          length = 0;
          if (more > MAX_LENGTH_OCTETS) {
            throw wrong("a length of " + more + " octets");
          }
          at = At.LONG_LENGTH;
        }
      }
      case LONG_LENGTH -> {
        length = length << 8 | octet;
        if (--more == 0) {
          header(most);
        }
      }
      case VALUE -> throw new IllegalStateException();
      case END -> throw wrong("octets behind the end");
    }
  }

  private void header(long most) throws IOException {
    if (tag == 0 && length == 0) {
      if (depth == 0 || definite[depth - 1]) {
        throw wrong("an end of contents where nothing of indefinite length is open");
      }
      depth--;
      finished();
    } else if (depth > 0 && length > ends[depth - 1] - position) {
      throw wrong("an element longer than the one around it");
    } else if ((tag & CONSTRUCTED) != 0) {
      open(length, true);
    } else if (length > most && !content()) {
      throw wrong("a value of " + length + " octets; at most " + most);
    } else if (length == 0) {
      finished();
    } else {
      at = At.VALUE;
    }
  }

  private void open(long octets, boolean known) throws IOException {
    if ((tag & CONSTRUCTED) == 0) {
      throw wrong("a primitive value of indefinite length");
    }
    if (depth == MAX_DEPTH) {
      throw wrong("elements nested more than " + MAX_DEPTH + " deep");
    }
    tags[depth] = tag;
    definite[depth] = known;
    ends[depth] = known ? position + octets : depth == 0 ? Long.MAX_VALUE : ends[depth - 1];
    depth++;
    at = At.TAG;
    if (known && octets == 0) {
      depth--;
      finished();
    }
  }

  /** An element has ended; with it may end those around it. */
  private void finished() throws IOException {
    while (depth > 0 && definite[depth - 1] && position == ends[depth - 1]) {
      depth--;
    }
    at = depth == 0 ? At.END : At.TAG;
  }

  /** Whether the value that begins here is part of eContent or encryptedContent (RFC 5652). */
  private boolean content() {
    if (depth < TO_CONTENT.length) {
      return false;
    }
    for (int i = 0; i < TO_CONTENT.length; i++) {
      if (tags[i] != TO_CONTENT[i]) {
        return false;
      }
    }
    if (depth == TO_CONTENT.length) {
      return tag == IMPLICIT_0;
    }
    if (tags[TO_CONTENT.length] != EXPLICIT_0 || tag != OCTETS) {
      return false;
    }
    for (int i = TO_CONTENT.length + 1; i < depth; i++) {
      if (tags[i] != OCTETS_CONSTRUCTED) {
        return false;
      }
    }
    return true;
  }

  private IOException wrong(String what) {
    return new MalformedException(what + " (octet " + position + ")");
  }
}
