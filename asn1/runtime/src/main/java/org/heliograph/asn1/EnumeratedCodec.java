package org.heliograph.asn1;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** ENUMERATED: a Java enum, or for an extensible one a value that keeps unknown numbers. */
final class EnumeratedCodec<T extends Object> extends Codec<T> {
  private final String name;
  private final Map<Long, T> known = new HashMap<>();
  private final ToLongFunction<T> number;
  private final @Nullable LongFunction<T> unknown;

  EnumeratedCodec(
      String name, T[] values, ToLongFunction<T> number, @Nullable LongFunction<T> unknown) {
    this.name = name;
    this.number = number;
    this.unknown = unknown;
    for (T value : values) {
      known.put(number.applyAsLong(value), value);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int tag() {
    return Tag.ENUMERATED;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    long value = in.integer();
    T found = known.get(value);
    if (found != null) {
      return found;
    }
    if (unknown == null) {
      throw in.fail(value + " is no value of " + name);
    }
    return unknown.apply(value);
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    out.integer(outerTag, number.applyAsLong(value));
  }

  @Override
  String text(T value) {
    return value + " (" + number.applyAsLong(value) + ")";
  }
}
