package org.heliograph.asn1;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A codec looked up when it is first used. */
final class Reference<T extends Object> extends Codec<T> {
  private final Supplier<Codec<T>> supplier;
  // Written without a lock: every thread finds the same immutable codec.
  private @Nullable Codec<T> target;

  Reference(Supplier<Codec<T>> supplier) {
    this.supplier = supplier;
  }

  Codec<T> target() {
    Codec<T> found = target;
    if (found == null) {
      found = supplier.get();
      target = found;
    }
    return found;
  }

  @Override
  public String name() {
    return target().name();
  }

  @Override
  int tag() {
    return target().tag();
  }

  @Override
  boolean accepts(int tag) {
    return target().accepts(tag);
  }

  @Override
  boolean knows(int tag) {
    return target().knows(tag);
  }

  @Override
  T read(BerReader in) throws DecodeException {
    return target().read(in);
  }

  @Override
  void write(BerWriter out, T value, int tag) {
    target().write(out, value, tag);
  }

  @Override
  Member select(int tag) {
    return target().select(tag);
  }

  @Override
  @Nullable Member inside(int tag, int from) {
    return target().inside(tag, from);
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    // Types refer to each other in circles.
    return seen.add(target()) && target().streams(seen);
  }

  @Override
  String text(T value) {
    return target().text(value);
  }

  @Override
  Codec<?> base() {
    return target().base();
  }
}
