package org.heliograph.asn1;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From identifier to type: extensions, attributes, body parts. Keys are integers or object
 * identifiers, in one table where the standard mixes them.
 */
public final class Table {
  private final String name;
  private final Map<Object, Entry> entries;

  private Table(String name, Map<Object, Entry> entries) {
    this.name = name;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Starts a table. */
  public static Builder of(String name) {
    return new Builder(name);
  }

  /** Several tables as one; a key that is in two stands for what the first says. */
  public static Table join(String name, Table... tables) {
    Map<Object, Entry> entries = new LinkedHashMap<>();
    for (Table table : tables) {
      table.entries.forEach(entries::putIfAbsent);
    }
    return new Table(name, entries);
  }

  public String name() {
    return name;
  }

  /** All entries in the order of the definition. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  public Optional<Entry> find(long key) {
    return Optional.ofNullable(entries.get(key));
  }

  public Optional<Entry> find(ObjectIdentifier key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** By a decoded identifier: a number, an object identifier, or a CHOICE of these. */
  @Nullable Entry findKey(Object key) {
    return key instanceof ChoiceValue choice ? findKey(choice.value()) : entries.get(key);
  }

  /**
   * One row.
   *
   * @param key a {@link Long} or an {@link ObjectIdentifier}
   * @param name the identifier's name in the module
   * @param codec of the type it stands for
   */
  public record Entry(Object key, String name, Codec<?> codec) {}

  /** Collects rows. */
  public static final class Builder {
    private final String name;
    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder row(long key, String rowName, Codec<?> codec) {
      entries.put(key, new Entry(key, rowName, codec));
      return this;
    }

    public Builder row(ObjectIdentifier key, String rowName, Codec<?> codec) {
      entries.put(key, new Entry(key, rowName, codec));
      return this;
    }

    public Table build() {
      return new Table(name, entries);
    }
  }
}
