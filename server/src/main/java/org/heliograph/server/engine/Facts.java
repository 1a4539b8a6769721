package org.heliograph.server.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Values as the local interface shows them: records as objects whose keys are their components in
 * kebab-case, what is empty left out, everything else by its {@code toString}.
 */
final class Facts {
  private static final int MAX_DEPTH = 8;

  private Facts() {}

  /** A record as an object. */
  static Map<String, Object> of(Record value) {
    return object(value, 0);
  }

  private static Map<String, Object> object(Record value, int depth) {
    Map<String, Object> facts = new TreeMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      shown(component(value, component), depth)
          .ifPresent(shown -> facts.put(kebab(component.getName()), shown));
    }
    return facts;
  }

  private static Object component(Record value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Object> shown(Object value, int depth) {
    return switch (value) {
      case Optional<?> optional -> optional.flatMap(v -> shown(v, depth));
      case OptionalInt number ->
          number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
      case Collection<?> items ->
          items.isEmpty() ? Optional.empty() : Optional.of(list(items, depth));
      case Map<?, ?> map -> map.isEmpty() ? Optional.empty() : Optional.of(map(map, depth));
      case Number number -> Optional.of(number);
      case Boolean flag -> Optional.of(flag);
      case Enum<?> constant ->
          Optional.of(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Instant time -> Optional.of(time.toString());
      case Record record when plain(record) || depth >= MAX_DEPTH -> Optional.of(record.toString());
      case Record record -> Optional.of(object(record, depth + 1));
      default -> value.toString().isEmpty() ? Optional.empty() : Optional.of(value.toString());
    };
  }

  /** Whether a record has a text form of its own, as identifiers and addresses do. */
  private static boolean plain(Record record) {
    try {
      return record.getClass().getMethod("toString").getDeclaringClass() != Record.class
          && !record.toString().startsWith(record.getClass().getSimpleName() + "[");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> list(Collection<?> items, int depth) {
    return items.stream().flatMap(item -> shown(item, depth + 1).stream()).toList();
  }

  private static Map<String, Object> map(Map<?, ?> map, int depth) {
    Map<String, Object> facts = new TreeMap<>();
    map.forEach(
        (key, value) -> shown(value, depth + 1).ifPresent(v -> facts.put(key.toString(), v)));
    return facts;
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
