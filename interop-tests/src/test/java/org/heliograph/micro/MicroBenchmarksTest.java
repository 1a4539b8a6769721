package org.heliograph.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of this package and writes what they measured into docs. Fails on no time.
 */
@Tag("long")
class MicroBenchmarksTest {
  private static final Path PAGE = Path.of("..", "docs", "MICROBENCHMARKS.md");
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Test
  void measuresWhatAMessageCosts() throws Exception {
    Options options =
        new OptionsBuilder()
            .include("org\\.heliograph\\.micro\\..*Benchmark\\..*")
            .mode(Mode.AverageTime)
            .timeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
            .forks(2)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(2))
            .addProfiler(GCProfiler.class)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    assertThat(results).hasSize(6);
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.startsWith("| `")) {
        lines.add(line);
      }
    }
    results.forEach(result -> lines.add(row(result)));
    Files.write(PAGE, lines);
  }

  private static String row(RunResult result) {
    String name = result.getParams().getBenchmark();
    Result<?> time = result.getPrimaryResult();
    double allocated = Double.NaN;
    for (Result<?> second : result.getSecondaryResults().values()) {
      if (second.getLabel().endsWith(ALLOCATED)) {
        allocated = second.getScore();
      }
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %.2f | %.2f | %.0f |",
        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
        time.getScore(),
        time.getScoreError(),
        allocated);
  }
}
