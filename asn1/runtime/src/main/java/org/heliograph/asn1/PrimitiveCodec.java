package org.heliograph.asn1;

import java.util.function.BiFunction;

/** A type whose content is a handful of octets, made from two functions. */
final class PrimitiveCodec<T extends Object> extends Codec<T> {
  /** Reads the current element. */
  @FunctionalInterface
  interface Reading<T> {
    T read(BerReader in) throws DecodeException;
  }

  private final String name;
  private final int tag;
  private final Reading<T> reading;
  private final BiFunction<T, Boolean, byte[]> content;

  PrimitiveCodec(String name, int tag, Reading<T> reading, BiFunction<T, Boolean, byte[]> content) {
    this.name = name;
    this.tag = tag;
    this.reading = reading;
    this.content = content;
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
    return reading.read(in);
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    byte[] octets = content.apply(value, out.der());
    out.octets(octets);
    out.header(outerTag, false, octets.length);
  }
}
