package org.heliograph.server.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Binds an object of the file to a record, and notes what is wrong instead of stopping at it. */
final class Binder {
  private final Scalars scalars;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param base the directory that relative paths start from
   */
  Binder(Path base) {
    this.scalars = new Scalars(base);
  }

  List<Problem> problems() {
    return problems;
  }

  /** The record; empty if anything in it was wrong. */
  <R> Optional<R> bind(ConfigObject object, Class<R> type, String path) {
    int before = problems.size();
    Map<String, RecordComponent> known = new LinkedHashMap<>();
    Arrays.stream(type.getRecordComponents()).forEach(c -> known.put(Keys.name(c), c));
    for (String key : new TreeSet<>(object.keySet())) {
      if (!known.containsKey(key)) {
        String near = nearest(key, known);
        note(
            value(object, key).origin(),
            join(path, key),
            "unknown key" + near + "; known here: " + String.join(", ", known.keySet()));
      }
    }
    List<Optional<Object>> arguments = new ArrayList<>();
    known.forEach(
        (name, component) -> arguments.add(component(object, component, join(path, name))));
    if (problems.size() > before) {
      return Optional.empty();
    }
    return construct(type, arguments, object.origin(), path);
  }

  private <R> Optional<R> construct(
      Class<R> type, List<Optional<Object>> arguments, ConfigOrigin origin, String path) {
    try {
      Constructor<R> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      return Optional.of(
          constructor.newInstance(arguments.stream().map(Optional::orElseThrow).toArray()));
    } catch (InvocationTargetException e) {
      // A record's own check of how its keys go together.
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        note(origin, path, String.valueOf(wrong.getMessage()));
        return Optional.empty();
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Object> component(ConfigObject object, RecordComponent component, String path) {
    Key key = Keys.key(component);
    ConfigValue value = object.get(Keys.name(component));
    Type type = component.getGenericType();
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return absent(object, type, key, path);
    }
    if (raw(type) == Optional.class) {
      return value(value, argument(type, 0), key, path).map(Optional::of);
    }
    return value(value, type, key, path);
  }

  private Optional<Object> absent(ConfigObject object, Type type, Key key, String path) {
    if (raw(type) == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (!key.or().isEmpty()) {
      return value(Scalars.literal(key.or()), type, key, path);
    }
    if (raw(type) == List.class) {
      return Optional.of(List.of());
    }
    if (raw(type) == Map.class) {
      return Optional.of(Map.of());
    }
    if (Keys.isSection(raw(type))) {
      ConfigOrigin where = object.origin();
      ConfigValue nothing = ConfigValueFactory.fromMap(Map.of()).withOrigin(where);
      return bind((ConfigObject) nothing, raw(type), path).map(o -> o);
    }
    note(object.origin(), path, "missing; expected " + Scalars.expected(raw(type), key));
    return Optional.empty();
  }

  private Optional<Object> value(ConfigValue value, Type type, Key key, String path) {
    Class<?> raw = raw(type);
    if (raw == List.class) {
      return list(value, type, key, path);
    }
    if (raw == Map.class) {
      return map(value, type, key, path);
    }
    if (Keys.isSection(raw)) {
      if (value instanceof ConfigObject object) {
        return bind(object, raw, path).map(o -> o);
      }
      note(value.origin(), path, "expected a section in braces, found " + Scalars.show(value));
      return Optional.empty();
    }
    try {
      return Optional.of(scalars.read(value, raw, key));
    } catch (IllegalArgumentException e) {
      note(value.origin(), path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Object> list(ConfigValue value, Type type, Key key, String path) {
    if (!(value instanceof com.typesafe.config.ConfigList items)) {
      note(value.origin(), path, "expected a list in brackets, found " + Scalars.show(value));
      return Optional.empty();
    }
    List<Object> read = new ArrayList<>();
    int index = 0;
    for (ConfigValue item : items) {
      value(item, argument(type, 0), key, path + "[" + index++ + "]").ifPresent(read::add);
    }
    return Optional.of(List.copyOf(read));
  }

  private Optional<Object> map(ConfigValue value, Type type, Key key, String path) {
    if (!(value instanceof ConfigObject object)) {
      note(
          value.origin(),
          path,
          "expected names with values in braces, found " + Scalars.show(value));
      return Optional.empty();
    }
    Map<String, Object> read = new TreeMap<>();
    for (String name : new TreeSet<>(object.keySet())) {
      value(value(object, name), argument(type, 1), key, join(path, name))
          .ifPresent(v -> read.put(name, v));
    }
    return Optional.of(java.util.Collections.unmodifiableMap(read));
  }

  private static ConfigValue value(ConfigObject object, String key) {
    return java.util.Objects.requireNonNull(object.get(key));
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void note(ConfigOrigin origin, String path, String what) {
    problems.add(new Problem(Scalars.where(origin), path, what));
  }

  private static String nearest(String key, Map<String, RecordComponent> known) {
    return known.keySet().stream()
        .filter(k -> distance(k, key) <= 2)
        .findFirst()
        .map(k -> " (did you mean " + k + "?)")
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
