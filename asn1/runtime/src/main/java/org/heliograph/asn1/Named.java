package org.heliograph.asn1;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type under the name it was given; otherwise as it is. */
final class Named<T extends Object> extends Codec<T> {
  private final Codec<T> inner;
  private final String name;

  Named(Codec<T> inner, String name) {
    this.inner = inner;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
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
    return inner.read(in);
  }

  @Override
  void write(BerWriter out, T value, int tag) {
    inner.write(out, value, tag);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it is this very codec
  Member select(int tag) {
    Member member = inner.select(tag);
    return member.codec() == inner ? new Member("", this, member.stream(), 0) : member;
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
