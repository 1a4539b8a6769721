package org.heliograph.asn1.modules;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The primitive elements of an encoding as {@code path of identifier octets = content}, constructed
 * OCTET STRINGs joined. Length forms do not show. Written apart from the runtime, to judge it.
 */
final class Leaves {
  private final byte[] in;
  private final List<String> leaves = new ArrayList<>();
  private int at;

  private Leaves(byte[] in) {
    this.in = in;
  }

  static List<String> of(byte[] in) {
    Leaves reading = new Leaves(in);
    reading.elements(in.length, "");
    return reading.leaves;
  }

  /** Up to {@code end}, or for -1 up to the end-of-contents. */
  private void elements(int end, String path) {
    while (end < 0 ? in[at] != 0 : at < end) {
      int from = at;
      boolean constructed = (in[at] & 0x20) != 0;
      int length = header();
      String inner = path + "/" + HexFormat.of().formatHex(in, from, identifierEnd(from));
      if (inner.endsWith("/24")) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        segments(length, joined);
        leaves.add(path + "/04=" + HexFormat.of().formatHex(joined.toByteArray()));
      } else if (constructed) {
        elements(length < 0 ? -1 : at + length, inner);
      } else {
        leaves.add(inner + "=" + HexFormat.of().formatHex(in, at, at + length));
        at += length;
      }
    }
    at += end < 0 ? 2 : 0;
  }

  private void segments(int length, ByteArrayOutputStream joined) {
    int end = length < 0 ? -1 : at + length;
    while (end < 0 ? in[at] != 0 : at < end) {
      int segment = header();
      joined.write(in, at, segment);
      at += segment;
    }
    at += end < 0 ? 2 : 0;
  }

  private int identifierEnd(int from) {
    int end = from + 1;
    if ((in[from] & 0x1F) == 0x1F) {
      while (in[end++] < 0) {}
    }
    return end;
  }

  private int header() {
    at = identifierEnd(at);
    int length = in[at++] & 0xFF;
    if (length == 0x80) {
      return -1;
    }
    int octets = length < 0x80 ? 0 : length & 0x7F;
    length = octets == 0 ? length : 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | in[at++] & 0xFF;
    }
    return length;
  }
}
