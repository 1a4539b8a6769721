package org.heliograph.asn1;

import java.util.Map;

/** INTEGER as a signed 64-bit number, with or without named numbers (X.690 8.3). */
final class IntegerCodec extends Codec<Long> {
  private final Map<Long, String> names;

  IntegerCodec(Map<Long, String> names) {
    this.names = Map.copyOf(names);
  }

  @Override
  public String name() {
    return "INTEGER";
  }

  @Override
  int tag() {
    return Tag.INTEGER;
  }

  @Override
  Long read(BerReader in) throws DecodeException {
    return in.integer();
  }

  @Override
  void write(BerWriter out, Long value, int outerTag) {
    out.integer(outerTag, value);
  }

  @Override
  String text(Long value) {
    String name = names.get(value);
    return name == null ? value.toString() : name + " (" + value + ")";
  }
}
