package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SEQUENCE and SET (X.690 8.9, 8.11) as a record. A SET is read in any order, a duplicate is
 * refused; at an extension marker unknown elements are kept and written back.
 *
 * @param <T> the record
 */
public final class Struct<T extends Object> extends Codec<T> {
  private final String name;
  private final boolean set;
  private final Component<T>[] components;
  private final Function<Fields, T> make;
  private final @Nullable Function<T, List<Any>> additions;
  private final int additionsAt;

  private Struct(Builder<T> builder, Function<Fields, T> make) {
    this.name = builder.name;
    this.set = builder.set;
    this.components = Builder.array(builder.components);
    this.make = make;
    this.additions = builder.additions;
    this.additionsAt = builder.additionsAt;
  }

  /** Starts the description of a SEQUENCE. */
  public static <T extends Object> Builder<T> sequence(String name) {
    return new Builder<>(name, false);
  }

  /** Starts the description of a SET. */
  public static <T extends Object> Builder<T> set(String name) {
    return new Builder<>(name, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  int tag() {
    return set ? Tag.SET : Tag.SEQUENCE;
  }

  @Override
  T read(BerReader in) throws DecodeException {
    long start = in.start();
    @Nullable Object[] values =
        new @Nullable Object[components.length + (additions == null ? 0 : 1)];
    in.open();
    List<Any> unknown = set ? readSet(in, values) : readSequence(in, values);
    in.close();
    for (int i = 0; i < components.length; i++) {
      if (values[i] == null) {
        Component<T> component = components[i];
        if (component.required) {
          throw new DecodeException(start, component.name + " is missing from " + name);
        }
        values[i] = component.byDefault;
      }
    }
    if (additions != null) {
      values[components.length] = unknown;
    }
    return make.apply(new Fields(values));
  }

  private List<Any> readSequence(BerReader in, @Nullable Object[] values) throws DecodeException {
    List<Any> unknown = List.of();
    int at = 0;
    while (in.next()) {
      int found = find(in.tag(), at);
      if (found < 0) {
        unknown = keep(in, unknown);
      } else {
        values[found] = read(in, components[found]);
        at = found + 1;
      }
    }
    return unknown;
  }

  /**
   * The first component from here on that knows the tag; failing that, and only where unknown
   * elements have no other place, one whose own extension marker lets it in.
   */
  private int find(int tag, int from) {
    for (int i = from; i < components.length; i++) {
      if (components[i].codec.knows(tag)) {
        return i;
      }
    }
    for (int i = from; additions == null && i < components.length; i++) {
      if (components[i].codec.accepts(tag)) {
        return i;
      }
    }
    return -1;
  }

  private List<Any> readSet(BerReader in, @Nullable Object[] values) throws DecodeException {
    List<Any> unknown = List.of();
    int expected = 0;
    while (in.next()) {
      // Most senders keep the order of the definition: look from there on first.
      int found =
          expected < components.length && components[expected].codec.knows(in.tag())
              ? expected
              : find(in.tag(), 0);
      if (found < 0) {
        unknown = keep(in, unknown);
      } else if (values[found] != null) {
        throw in.fail(components[found].name + " twice in " + name).within(components[found].name);
      } else {
        values[found] = read(in, components[found]);
        expected = found + 1;
      }
    }
    return unknown;
  }

  private Object read(BerReader in, Component<T> component) throws DecodeException {
    int noted = in.violationCount();
    Object value;
    try {
      value = component.codec.read(in);
    } catch (DecodeException e) {
      throw e.within(component.name);
    }
    if (in.violationCount() > noted) {
      in.violationsWithin(noted, component.name);
    }
    return value;
  }

  private List<Any> keep(BerReader in, List<Any> unknown) throws DecodeException {
    if (additions == null) {
      throw in.fail(Tag.text(in.tag()) + " is unknown or out of place in " + name);
    }
    List<Any> kept = unknown.isEmpty() ? new ArrayList<>() : unknown;
    kept.add(new Any(in.element()));
    return kept;
  }

  @Override
  void write(BerWriter out, T value, int outerTag) {
    long before = out.written();
    if (set && out.der()) {
      out.components(encodings(value));
    } else {
      for (int i = components.length; i >= 0; i--) {
        if (i == additionsAt && additions != null) {
          additions.apply(value).reversed().forEach(a -> out.octets(a.octets()));
        }
        if (i > 0) {
          write(out, value, components[i - 1]);
        }
      }
    }
    out.header(outerTag, true, out.written() - before);
  }

  private void write(BerWriter out, T value, Component<T> component) {
    Object part = component.get.apply(value);
    if (part != null && !component.isDefault(part, out.der())) {
      component.codec.write(out, part, component.codec.tag());
    }
  }

  private List<Octets> encodings(T value) {
    List<Octets> encodings = new ArrayList<>();
    for (Component<T> component : components) {
      BerWriter part = new BerWriter(true);
      write(part, value, component);
      if (part.written() > 0) {
        encodings.add(part.finish());
      }
    }
    if (additions != null) {
      additions.apply(value).forEach(a -> encodings.add(a.octets()));
    }
    return encodings;
  }

  @Override
  @Nullable Member inside(int tag, int from) {
    int found = find(tag, set ? 0 : from);
    if (found < 0) {
      return null;
    }
    Component<T> component = components[found];
    Member inner = component.codec.select(tag);
    String path = inner.name().isEmpty() ? component.name : component.name + "." + inner.name();
    return new Member(path, inner.codec(), inner.stream() || component.stream, found + 1);
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    for (Component<T> component : components) {
      if (component.stream || component.codec.streams(seen)) {
        return true;
      }
    }
    return false;
  }

  private static final class Component<T> {
    final String name;
    final Function<T, ? extends @Nullable Object> get;
    final Codec<Object> codec;
    final boolean required;
    final @Nullable Object byDefault;
    boolean stream;

    Component(
        String name,
        Function<T, ? extends @Nullable Object> get,
        Codec<Object> codec,
        boolean required,
        @Nullable Object byDefault) {
      this.name = name;
      this.get = get;
      this.codec = codec;
      this.required = required;
      this.byDefault = byDefault;
    }

    /** X.690 11.5; of a named bit list trailing zero bits do not count. */
    boolean isDefault(Object part, boolean der) {
      if (byDefault == null) {
        return false;
      }
      return part.equals(byDefault)
          || (der && part instanceof BitString bits && bits.trimmed().equals(byDefault));
    }
  }

  /** Collects the components in the order of the definition. */
  public static final class Builder<T extends Object> {
    private final String name;
    private final boolean set;
    private final List<Component<T>> components = new ArrayList<>();
    private @Nullable Function<T, List<Any>> additions;
    private int additionsAt = -1;

    private Builder(String name, boolean set) {
      this.name = name;
      this.set = set;
    }

    public <V extends Object> Builder<T> required(String name, Function<T, V> get, Codec<V> codec) {
      return add(name, get, codec, true, null);
    }

    public <V extends Object> Builder<T> optional(
        String name, Function<T, @Nullable V> get, Codec<V> codec) {
      return add(name, get, codec, false, null);
    }

    public <V extends Object> Builder<T> defaulted(
        String name, Function<T, V> get, Codec<V> codec, V byDefault) {
      return add(name, get, codec, false, byDefault);
    }

    /** The last component is marked {@code @stream}. */
    public Builder<T> streamed() {
      components.getLast().stream = true;
      return this;
    }

    /** The extension marker stands here. */
    public Builder<T> extensible(Function<T, List<Any>> get) {
      additions = get;
      additionsAt = components.size();
      return this;
    }

    /** The codec; {@code make} gets the components, then the unknown additions if extensible. */
    public Struct<T> build(Function<Fields, T> make) {
      return new Struct<>(this, make);
    }

    @SuppressWarnings("unchecked")
    private Builder<T> add(
        String name,
        Function<T, ? extends @Nullable Object> get,
        Codec<?> codec,
        boolean required,
        @Nullable Object byDefault) {
      components.add(new Component<>(name, get, (Codec<Object>) codec, required, byDefault));
      return this;
    }

    @SuppressWarnings("unchecked")
    private static <T> Component<T>[] array(List<Component<T>> list) {
      return list.toArray((Component<T>[]) new Component<?>[0]);
    }
  }
}
