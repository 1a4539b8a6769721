package org.heliograph.server.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The keys that a record stands for. */
final class Keys {
  private Keys() {}

  /** {@code maxSize} is {@code max-size} in the file. */
  static String name(RecordComponent component) {
    return kebab(component.getName());
  }

  static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(c -> constant((Enum<?>) c))
        .collect(Collectors.joining(", "));
  }

  /** Whether {@code type} is a record of keys, and not a value that happens to be a record. */
  static boolean isSection(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(c -> c.isAnnotationPresent(Key.class));
  }

  static Key key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " has no @Key");
    }
    return key;
  }
}
