package org.heliograph.asn1;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the original octets of a value beside it. */
final class PreservedCodec<T extends Object> extends Codec<Preserved<T>> {
  private final Codec<T> inner;

  PreservedCodec(Codec<T> inner) {
    this.inner = inner;
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
  boolean untagged() {
    return true; // the kept octets carry their own tag
  }

  @Override
  Preserved<T> read(BerReader in) throws DecodeException {
    long from = in.start();
    T value = inner.read(in);
    return new Preserved<>(value, in.range(from, in.position()));
  }

  @Override
  void write(BerWriter out, Preserved<T> value, int tag) {
    out.octets(value.octets());
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
  Codec<?> base() {
    return inner.base();
  }
}
