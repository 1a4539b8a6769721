package org.heliograph.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The page of docs that holds the last result of each long test, written by the test itself. */
final class ReliabilityPage {
  private static final Path PAGE = Path.of("..", "docs", "RELIABILITY.md");

  private ReliabilityPage() {}

  /**
   * Replaces the row of a test.
   *
   * @param test the row's first cell
   * @param result in words, without a bar
   */
  static void record(String test, long seed, String result)
      throws IOException, InterruptedException {
    String row =
        "| %s | %s | %d | %s | %s |"
            .formatted(test, result, seed, commit(), LocalDate.now(ZoneOffset.UTC));
    List<String> lines = new ArrayList<>(Files.readAllLines(PAGE));
    lines.removeIf(line -> line.startsWith("| " + test + " |"));
    lines.add(lastRow(lines) + 1, row);
    Files.write(PAGE, lines);
  }

  private static int lastRow(List<String> lines) throws IOException {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("|")) {
        return i;
      }
    }
    throw new IOException(PAGE + " has no table");
  }

  private static String commit() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=8")
            .redirectErrorStream(true)
            .start();
    String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? name : "unknown";
  }
}
