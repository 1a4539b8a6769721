package org.heliograph.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keeps figures in a page of Markdown: a row for each command, the latest one counts. */
public final class FiguresPage {
  private static final String BEGIN = "<!-- figures: written by ./heliograph bench --record -->";
  private static final String END = "<!-- end of figures -->";
  private static final String HEAD =
      "| command | messages/s | MB/s | p50 ms | p99 ms | peak heap MB | CPU ms | postfix/s | ratio | machine | day |\n"
          + "|---|---|---|---|---|---|---|---|---|---|---|";

  private FiguresPage() {}

  /**
   * Writes a row.
   *
   * @param page made if it is not there; what stands outside of the table stays
   * @param command that measured
   */
  public static void write(Path page, String command, Figures figures) throws IOException {
    String text =
        Files.exists(page) ? Files.readString(page, StandardCharsets.UTF_8) : "# Performance\n";
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    List<String> rows = new ArrayList<>();
    if (begin >= 0 && end > begin) {
      text.substring(begin, end).lines().filter(line -> line.startsWith("| `")).forEach(rows::add);
    } else {
      begin = text.length();
      end = -1;
    }
    rows.removeIf(row -> row.startsWith("| `" + command + "` |"));
    rows.add(row(command, figures));
    rows.sort(String::compareTo);
    String table = BEGIN + "\n" + HEAD + "\n" + String.join("\n", rows) + "\n" + END;
    String before = end < 0 ? text.stripTrailing() + "\n\n" : text.substring(0, begin);
    String after = end < 0 ? "\n" : text.substring(end + END.length());
    Files.writeString(page, before + table + after, StandardCharsets.UTF_8);
  }

  private static String row(String command, Figures figures) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %.0f | %.2f | %.1f | %.1f | %.0f | %.2f | %s | %s | %s | %s |",
        command,
        figures.perSecond(),
        figures.megabytesPerSecond(),
        figures.p50(),
        figures.p99(),
        figures.peakHeap() / 1e6,
        figures.cpu(),
        figures.against().map(o -> String.format(Locale.ROOT, "%.0f", o)).orElse("-"),
        figures.ratio().map(r -> String.format(Locale.ROOT, "%.2f", r)).orElse("-"),
        machine(),
        LocalDate.now(ZoneOffset.UTC));
  }

  private static String machine() {
    int cores = Runtime.getRuntime().availableProcessors();
    return processor().map(p -> p + ", ").orElse("")
        + cores
        + (cores == 1 ? " core" : " cores")
        + ", Java "
        + Runtime.version().feature();
  }

  private static Optional<String> processor() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^model name\\s*:\\s*", "").strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
