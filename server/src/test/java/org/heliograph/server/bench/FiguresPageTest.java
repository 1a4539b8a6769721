package org.heliograph.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresPageTest {
  @TempDir Path directory;

  private static Figures figures(long messages) {
    return new Figures("smtp", messages, 2048, 8, 1, 1, 2, 1_000_000, 0, Optional.empty());
  }

  @Test
  void theLatestRowOfACommandCountsAndTheTextAroundStays() throws Exception {
    Path page = Files.writeString(directory.resolve("P.md"), "# Performance\n\nBefore.\n");
    FiguresPage.write(page, "bench a", figures(100));
    Files.writeString(page, Files.readString(page) + "\nAfter.\n");
    FiguresPage.write(page, "bench b", figures(200));
    FiguresPage.write(page, "bench a", figures(300));
    assertThat(Files.readString(page))
        .startsWith("# Performance\n\nBefore.\n\n<!--")
        .endsWith("\nAfter.\n")
        .contains("| `bench a` | 300 |", "| `bench b` | 200 |")
        .doesNotContain("| 100 |")
        .containsOnlyOnce("| command |");
  }
}
