package org.heliograph.asn1;

import java.util.List;

/** An open type; the names of the tables that govern it, and of the component that is the key. */
final class AnyCodec extends Codec<Any> {
  static final AnyCodec OPEN = new AnyCodec("", List.of());

  private final String key;
  private final List<String> tables;

  AnyCodec(String key, List<String> tables) {
    this.key = key;
    this.tables = tables;
  }

  String key() {
    return key;
  }

  List<String> tables() {
    return tables;
  }

  @Override
  public String name() {
    return "ANY";
  }

  @Override
  int tag() {
    return Tag.NONE;
  }

  @Override
  boolean accepts(int tag) {
    return true;
  }

  @Override
  Any read(BerReader in) throws DecodeException {
    return new Any(in.element());
  }

  @Override
  void write(BerWriter out, Any value, int tag) {
    out.octets(value.octets());
  }

  @Override
  String text(Any value) {
    return value.octets().hex(32);
  }
}
