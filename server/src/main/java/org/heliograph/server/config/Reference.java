package org.heliograph.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the reference of all keys, from the records that read them. */
public final class Reference {
  private static final String HEAD =
      """
      # Configuration

      A switch is configured by one file in [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md): `key = value`, sections in
      braces, lists in brackets, comments after `#`, `include "other.conf"`, and `${NAME}` for a variable of the environment. Paths are
      relative to the file's directory. Durations and sizes carry their unit (`30 s`, `64 KiB`). A secret never stands in the file: it is
      `{ file = "path" }`, whose first line counts, or `{ env = NAME }`.

      An unknown key, a bad value, a missing file: all are refused at once, each with file, line and what was expected.
      `./heliograph check -c FILE` does that without starting anything. Files that run as shipped are in [conf](../conf).

      This page is written by `./heliograph configuration` from the code that reads the file; a test keeps the two equal.
      """;

  private final StringBuilder page = new StringBuilder();
  private final Set<Class<?>> written = new LinkedHashSet<>();
  private final Deque<Section> waiting = new ArrayDeque<>();

  private record Section(String path, Class<?> type) {}

  private Reference() {}

  /** The whole page in Markdown. */
  public static String page() {
    Reference reference = new Reference();
    reference.page.append(HEAD);
    reference.waiting.add(new Section("", SwitchSettings.class));
    while (!reference.waiting.isEmpty()) {
      reference.section(reference.waiting.removeFirst());
    }
    return reference.page.toString();
  }

  private void section(Section section) {
    if (!written.add(section.type())) {
      return;
    }
    page.append("\n## ").append(section.path().isEmpty() ? "The file" : "`" + section.path() + "`");
    page.append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
    for (RecordComponent component : section.type().getRecordComponents()) {
      row(section.path(), component);
    }
  }

  private void row(String path, RecordComponent component) {
    Key key = Keys.key(component);
    String name = Keys.name(component);
    String full = path.isEmpty() ? name : path + "." + name;
    page.append("| `")
        .append(name)
        .append("` | ")
        .append(value(component.getGenericType(), key, full));
    page.append(" | ").append(fallback(component, key)).append(" | ");
    page.append(key.says().replace("|", "\\|")).append(" |\n");
  }

  private static String fallback(RecordComponent component, Key key) {
    if (!key.or().isEmpty()) {
      return "`" + (key.or().isBlank() ? "\"" + key.or() + "\"" : key.or()) + "`";
    }
    Class<?> type = component.getType();
    if (type == Optional.class) {
      return "absent";
    }
    if (type == List.class || type == Map.class) {
      return "none";
    }
    return Keys.isSection(type) ? "see there" : "**required**";
  }

  private String value(Type type, Key key, String path) {
    if (type instanceof ParameterizedType of) {
      if (of.getRawType() == List.class) {
        return "list of " + value(of.getActualTypeArguments()[0], key, path + "[]");
      }
      if (of.getRawType() == Map.class) {
        return "by name, " + value(of.getActualTypeArguments()[1], key, path + ".NAME");
      }
      return value(of.getActualTypeArguments()[0], key, path);
    }
    Class<?> plain = (Class<?>) type;
    if (Keys.isSection(plain)) {
      waiting.add(new Section(path, plain));
      return "[section](#"
          + path.replaceAll("[^A-Za-z0-9-]", "").toLowerCase(java.util.Locale.ROOT)
          + ")";
    }
    return Scalars.expected(plain, key);
  }
}
