package org.heliograph.asn1;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** IMPLICIT tagging (X.690 8.14.3): another tag in place of the type's own. */
final class Implicit<T extends Object> extends Codec<T> {
  private final Codec<T> inner;
  private final int tag;

  Implicit(Codec<T> inner, int tag) {
    this.inner = inner;
    this.tag = tag;
  }

  @Override
  public String name() {
    return Tag.text(tag) + " " + inner.name();
  }

  @Override
  int tag() {
    return tag;
  }

  @Override
  boolean accepts(int candidate) {
    return candidate == tag;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    return inner.read(in);
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    inner.write(out, value, outerTag);
  }

  @Override
  @Nullable Member inside(int candidate, int from) {
    return inner.inside(candidate, from);
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
