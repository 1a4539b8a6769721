package org.heliograph.asn1;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A SIZE or range constraint: watched while reading, reported beside the value. */
final class Constrained<T extends Object> extends Codec<T> {
  private final Codec<T> inner;
  private final boolean size;
  private final boolean namedBits;
  private final long least;
  private final long most;

  Constrained(Codec<T> inner, boolean size, long least, long most) {
    this.inner = inner;
    this.size = size;
    // A named bit list may come without its trailing zero bits, or with more of them (X.690
    // 11.2.2).
    this.namedBits = inner instanceof BitStringCodec bits && bits.named();
    this.least = namedBits ? 0 : least;
    this.most = most;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  int tag() {
    return inner.tag();
  }

  @Override
  boolean accepts(int tag) {
    return inner.accepts(tag);
  }

  @Override
  boolean knows(int tag) {
    return inner.knows(tag);
  }

  @Override
  T read(BerReader in) throws DecodeException {
    long offset = in.start();
    T value = inner.read(in);
    long measure = measure(value);
    if (measure < least || measure > most) {
      String bound =
          least == most ? "" + least : least + ".." + (most == Long.MAX_VALUE ? "MAX" : most);
      in.violation(
          offset, (size ? "size " : "value ") + measure + " where " + bound + " is allowed");
    }
    return value;
  }

  private long measure(Object value) {
    return switch (value) {
      case Long number -> number;
      case Text text -> text.characters();
      case Octets octets -> octets.length();
      case BitString bits -> namedBits ? bits.trimmed().length() : bits.length();
      case List<?> list -> list.size();
      case Preserved<?> preserved -> measure(preserved.value());
      case java.math.BigInteger big ->
          big.bitLength() < 64 ? big.longValue() : big.signum() * Long.MAX_VALUE;
      default -> least;
    };
  }

  @Override
  void write(BerWriter out, T value, int tag) {
    inner.write(out, value, tag);
  }

  @Override
  Member select(int tag) {
    return inner.select(tag);
  }

  @Override
  @Nullable Member inside(int tag, int from) {
    return inner.inside(tag, from);
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    return inner.streams(seen);
  }

  @Override
  String text(T value) {
    return inner.text(value);
  }

  @Override
  Codec<?> base() {
    return inner.base();
  }
}
