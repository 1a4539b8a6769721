package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * CHOICE (X.690 8.13): each alternative is a record that holds one value. An extensible one keeps
 * what it does not know.
 *
 * @param <T> the sealed interface of the alternatives
 */
public final class Choice<T extends ChoiceValue> extends Codec<T> {
  private final String name;
  private final Alternative<T>[] alternatives;
  private final @Nullable Function<Any, ? extends T> unknown;

  private Choice(Builder<T> builder) {
    this.name = builder.name;
    this.alternatives = Builder.array(builder.alternatives);
    this.unknown = builder.unknown;
  }

  /** Starts the description of a CHOICE. */
  public static <T extends ChoiceValue> Builder<T> of(String name) {
    return new Builder<>(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int tag() {
    return Tag.NONE;
  }

  @Override
  boolean accepts(int tag) {
    return unknown != null || find(tag) != null;
  }

  @Override
  boolean knows(int tag) {
    Alternative<T> found = find(tag);
    return found != null && found.codec.knows(tag);
  }

  private @Nullable Alternative<T> find(int tag) {
    for (Alternative<T> alternative : alternatives) {
      if (alternative.codec.accepts(tag)) {
        return alternative;
      }
    }
    return null;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    Alternative<T> found = find(in.tag());
    if (found == null) {
      if (unknown == null) {
        throw in.fail(Tag.text(in.tag()) + " is no alternative of " + name);
      }
      return unknown.apply(new Any(in.element()));
    }
    int noted = in.violationCount();
    Object value;
    try {
      value = found.codec.read(in);
    } catch (DecodeException e) {
      throw e.within(found.name);
    }
    if (in.violationCount() > noted) {
      in.violationsWithin(noted, found.name);
    }
    return found.wrap.apply(value);
  }

  @Override
  void write(BerWriter out, T value, int tag) {
    for (Alternative<T> alternative : alternatives) {
      if (alternative.type == value.getClass()) {
        alternative.codec.write(out, value.value(), alternative.codec.tag());
        return;
      }
    }
    out.octets(((Any) value.value()).octets());
  }

  @Override
  Member select(int tag) {
    Alternative<T> found = find(tag);
    if (found == null) {
      return super.select(tag);
    }
    Member inner = found.codec.select(tag);
    String path = inner.name().isEmpty() ? found.name : found.name + "." + inner.name();
    return new Member(path, inner.codec(), inner.stream() || found.stream, 0);
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    for (Alternative<T> alternative : alternatives) {
      if (alternative.stream || alternative.codec.streams(seen)) {
        return true;
      }
    }
    return false;
  }

  private static final class Alternative<T> {
    final String name;
    final Class<?> type;
    final Codec<Object> codec;
    final Function<Object, ? extends T> wrap;
    boolean stream;

    Alternative(
        String name, Class<?> type, Codec<Object> codec, Function<Object, ? extends T> wrap) {
      this.name = name;
      this.type = type;
      this.codec = codec;
      this.wrap = wrap;
    }
  }

  /** Collects the alternatives. */
  public static final class Builder<T extends ChoiceValue> {
    private final String name;
    private final List<Alternative<T>> alternatives = new ArrayList<>();
    private @Nullable Function<Any, ? extends T> unknown;

    private Builder(String name) {
      this.name = name;
    }

    /** One alternative: the record that holds it, its codec, the record's constructor. */
    @SuppressWarnings("unchecked")
    public <V extends Object> Builder<T> alternative(
        String name, Class<? extends T> type, Codec<V> codec, Function<V, ? extends T> wrap) {
      alternatives.add(
          new Alternative<>(
              name,
              type,
              (Codec<Object>) codec,
              (Function<Object, ? extends T>) (Function<?, ?>) wrap));
      return this;
    }

    /** The last alternative is marked {@code @stream}. */
    public Builder<T> streamed() {
      alternatives.getLast().stream = true;
      return this;
    }

    /** The type has an extension marker. */
    public Builder<T> extensible(Function<Any, ? extends T> unknown) {
      this.unknown = unknown;
      return this;
    }

    public Choice<T> build() {
      return new Choice<>(this);
    }

    @SuppressWarnings("unchecked")
    private static <T> Alternative<T>[] array(List<Alternative<T>> list) {
      return list.toArray((Alternative<T>[]) new Alternative<?>[0]);
    }
  }
}
