package org.heliograph.server.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heliograph.model.Show;
import org.heliograph.server.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Prints answers: as JSON, as a table, or key by key. */
final class Printed {
  private static final int MAX_CELL = 300;

  private Printed() {}

  /**
   * Prints the list under {@code list} as a table.
   *
   * @param columns keys of its items, in order
   */
  static void print(
      CommandSpec spec, Map<String, Object> answer, boolean json, String list, String... columns) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(answer));
      return;
    }
    List<String[]> rows = new ArrayList<>();
    if (answer.get(list) instanceof List<?> items) {
      for (Object item : items) {
        Map<?, ?> fields = (Map<?, ?>) item;
        rows.add(Arrays.stream(columns).map(c -> cell(fields.get(c))).toArray(String[]::new));
      }
    }
    if (rows.isEmpty()) {
      out.println("none");
      return;
    }
    rows.addFirst(columns);
    int[] widths = new int[columns.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Prints key by key. */
  static void print(CommandSpec spec, Map<String, Object> answer, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(answer));
      return;
    }
    answer.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> keyed(out, "", e.getKey(), e.getValue()));
  }

  private static void keyed(PrintWriter out, String indent, String key, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.println(indent + key + ":");
        map.entrySet().stream()
            .sorted(Comparator.comparing(e -> String.valueOf(e.getKey())))
            .forEach(e -> keyed(out, indent + "  ", String.valueOf(e.getKey()), e.getValue()));
      }
      case List<?> items when items.stream().anyMatch(Map.class::isInstance) -> {
        int number = 1;
        for (Object item : items) {
          keyed(out, indent, key + " " + number++, item);
        }
      }
      case null, default -> out.println(indent + key + ": " + cell(value));
    }
  }

  private static String cell(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .sorted((a, b) -> String.valueOf(a.getKey()).compareTo(String.valueOf(b.getKey())))
          .map(e -> e.getKey() + "=" + cell(e.getValue()))
          .collect(Collectors.joining(" "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Printed::cell).collect(Collectors.joining(", "));
    }
    return value == null ? "" : Show.safe(String.valueOf(value), MAX_CELL);
  }
}
