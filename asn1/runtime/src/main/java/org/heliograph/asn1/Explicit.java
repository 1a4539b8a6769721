package org.heliograph.asn1;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** EXPLICIT tagging (X.690 8.14.2): the type's whole encoding within a further tag. */
final class Explicit<T extends Object> extends Codec<T> {
  private final Codec<T> inner;
  private final int tag;

  Explicit(Codec<T> inner, int tag) {
    this.inner = inner;
    this.tag = tag;
  }

  @Override
  public String name() {
    return Tag.text(tag) + " EXPLICIT " + inner.name();
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
    in.open();
    if (!in.next()) {
      if (inner instanceof AnyCodec) {
        in.close();
        @SuppressWarnings("unchecked")
        T nothing = (T) new Any(Octets.empty());
        return nothing;
      }
      throw in.fail("explicit tag " + Tag.text(tag) + " around nothing");
    }
    if (!inner.accepts(in.tag())) {
      throw in.fail(Tag.text(in.tag()) + " where " + inner.name() + " is expected");
    }
    T value = inner.read(in);
    if (in.next()) {
      throw in.fail("a second element within explicit tag " + Tag.text(tag));
    }
    in.close();
    return value;
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    long before = out.written();
    inner.write(out, value, inner.tag());
    out.header(outerTag, true, out.written() - before);
  }

  @Override
  @Nullable Member inside(int candidate, int from) {
    return inner.accepts(candidate) ? inner.select(candidate) : null;
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    return inner.streams(seen);
  }
}
