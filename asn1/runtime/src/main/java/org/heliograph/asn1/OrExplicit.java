package org.heliograph.asn1;

/**
 * An IMPLICIT tag on a primitive type that is also read as an EXPLICIT one, since early peers sent
 * it like that; always written implicit.
 */
final class OrExplicit<T extends Object> extends Codec<T> {
  private final Codec<T> implicit;
  private final Codec<T> explicit;
  private final int tag;

  OrExplicit(Codec<T> inner, int tag) {
    this.implicit = inner.implicit(tag);
    this.explicit = inner.explicit(tag);
    this.tag = tag;
  }

  @Override
  public String name() {
    return implicit.name();
  }

  @Override
  int tag() {
    return tag;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    return (in.constructed() ? explicit : implicit).read(in);
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    implicit.write(out, value, outerTag);
  }

  @Override
  Codec.@org.jspecify.annotations.Nullable Member inside(int inner, int from) {
    return explicit.inside(inner, from);
  }

  @Override
  String text(T value) {
    return implicit.text(value);
  }

  @Override
  Codec<?> base() {
    return implicit.base();
  }
}
