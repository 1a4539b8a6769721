package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** BIT STRING, with or without named bits (X.690 8.6, 11.2). */
final class BitStringCodec extends Codec<BitString> {
  private final Map<Long, String> names;

  BitStringCodec(Map<Long, String> names) {
    this.names = new TreeMap<>(names);
  }

  boolean named() {
    return !names.isEmpty();
  }

  @Override
  public String name() {
    return "BIT STRING";
  }

  @Override
  int tag() {
    return Tag.BIT_STRING;
  }

  @Override
  BitString read(BerReader in) throws DecodeException {
    if (!in.constructed()) {
      return segment(in);
    }
    List<BitString> segments = new ArrayList<>();
    collect(in, segments);
    List<Octets> pieces = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).unused() != 0 && i < segments.size() - 1) {
        throw in.fail("unused bits before the last segment");
      }
      pieces.add(segments.get(i).octets());
    }
    Octets all = Octets.join(pieces);
    return new BitString(all, all.isEmpty() ? 0 : segments.getLast().unused());
  }

  private static void collect(BerReader in, List<BitString> segments) throws DecodeException {
    in.open();
    while (in.next()) {
      if (in.tag() != Tag.BIT_STRING) {
        throw in.fail(Tag.text(in.tag()) + " within a constructed bit string");
      }
      if (in.constructed()) {
        collect(in, segments);
      } else {
        segments.add(segment(in));
      }
    }
    in.close();
  }

  private static BitString segment(BerReader in) throws DecodeException {
    Octets content = in.content();
    if (content.isEmpty()) {
      throw in.fail("bit string without its first octet");
    }
    int unused = content.at(0);
    if (unused > 7 || (unused > 0 && content.length() == 1)) {
      throw in.fail("bit string with " + unused + " unused bits");
    }
    return new BitString(content.slice(1, content.length() - 1), unused);
  }

  @Override
  void write(BerWriter out, BitString value, int outerTag) {
    BitString bits = !out.der() ? value : named() ? value.trimmed() : value.clean();
    out.octets(bits.octets());
    out.octet(bits.unused());
    out.header(outerTag, false, bits.octets().length() + 1);
  }

  @Override
  String text(BitString value) {
    if (names.isEmpty()) {
      return value.length() + " bits " + value.octets().hex(24);
    }
    List<String> set = new ArrayList<>();
    for (int bit = 0; bit < Math.min(value.length(), 256); bit++) {
      if (value.isSet(bit)) {
        set.add(names.getOrDefault((long) bit, "bit " + bit));
      }
    }
    return "{" + String.join(", ", set) + "}";
  }
}
