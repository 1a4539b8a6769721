package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The string types that are octets, primitive or constructed of segments (X.690 8.7, 8.21, 8.23).
 */
final class StringCodec<T extends Object> extends Codec<T> {
  private final String name;
  private final int tag;
  private final Function<Octets, T> make;
  private final Function<T, Octets> octets;

  StringCodec(String name, int tag, Function<Octets, T> make, Function<T, Octets> octets) {
    this.name = name;
    this.tag = tag;
    this.make = make;
    this.octets = octets;
  }

  static StringCodec<Text> of(Text.Kind kind) {
    return new StringCodec<>(kind.typeName(), kind.tag(), o -> new Text(kind, o), Text::octets);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int tag() {
    return tag;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    return make.apply(octets(in, tag));
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    Octets content = octets.apply(value);
    out.octets(content);
    out.header(outerTag, false, content.length());
  }

  @Override
  String text(T value) {
    return value instanceof Octets some
        ? some.length() + " octets " + some.hex(24)
        : "\"" + value + "\"";
  }

  /**
   * The octets of a string, its segments joined. A segment is an OCTET STRING or of the own type.
   */
  static Octets octets(BerReader in, int segmentTag) throws DecodeException {
    if (!in.constructed()) {
      return in.content();
    }
    List<Octets> segments = new ArrayList<>();
    collect(in, segmentTag, segments);
    return Octets.join(segments);
  }

  private static void collect(BerReader in, int segmentTag, List<Octets> segments)
      throws DecodeException {
    in.open();
    while (in.next()) {
      if (in.tag() != Tag.OCTET_STRING && in.tag() != segmentTag) {
        throw in.fail(Tag.text(in.tag()) + " within a constructed string");
      }
      if (in.constructed()) {
        collect(in, segmentTag, segments);
      } else {
        segments.add(in.content());
      }
    }
    in.close();
  }
}
