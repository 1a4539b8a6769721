package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.queue.store.Halt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that stops dead at each halt in turn. What it had accepted arrives after the restart;
 * nothing arrives twice, but for what had been handed over when the outcome was not yet durable.
 */
class CrashTest {
  /** Where the peer may have a message of which the store does not know it. */
  private static final Set<String> MAY_REPEAT =
      Set.of("transfer.after", "transfer.before-transaction", "transfer.before-force");

  @TempDir private Path directory;

  static List<String> points() {
    return Halt.POINTS;
  }

  @ParameterizedTest
  @MethodSource("points")
  void nothingAcceptedIsLost(String point) throws Exception {
    Stores.in(directory.resolve("store"));
    assertThat(child(point + ":2")).as("the child stops at %s", point).isEqualTo(137);

    Set<String> accepted = new HashSet<>(lines("accepted"));
    Engine engine = CrashChild.open(directory);
    try {
      engine.start();
      // a sender that had no answer sends again; under the same name it is not taken twice
      for (int number = 0; number < CrashChild.MESSAGES; number++) {
        String tag = "tag-" + number;
        if (!accepted.contains(tag)) {
          try {
            CrashChild.submit(engine, directory, number);
          } catch (AlreadyAccepted e) {
            assertThat(point).isIn("accept.after-force", "transfer.before", "transfer.after");
          }
        }
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> engine.counters().waitingInAll() == 0 && arrived().size() == 8);
      assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
      assertThat(engine.operator().verifyJournal()).isEmpty();
    } finally {
      engine.close();
    }
    int repeated = 0;
    for (int number = 0; number < CrashChild.MESSAGES; number++) {
      List<Integer> lengths = arrived().getOrDefault("tag-" + number, List.of());
      assertThat(lengths).as("tag-%s", number).isNotEmpty();
      int made = number % 2 == 0 ? 0 : "remaker()".length();
      assertThat(lengths).containsOnly(CrashChild.length(number) + made);
      repeated += lengths.size() - 1;
    }
    assertThat(repeated).isLessThanOrEqualTo(MAY_REPEAT.contains(point) ? 1 : 0);
    assertThat(files("stage")).isEmpty();
    assertThat(files("content")).isEmpty();
  }

  private int child(String halt) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dheliograph.halt=" + halt,
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("child.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child ends").isTrue();
    return process.exitValue();
  }

  private Map<String, List<Integer>> arrived() throws IOException {
    Map<String, List<Integer>> arrived = new HashMap<>();
    for (String line : lines("arrived")) {
      String[] parts = line.split(" ");
      arrived
          .computeIfAbsent(parts[0], tag -> new java.util.ArrayList<>())
          .add(Integer.parseInt(parts[1]));
    }
    return arrived;
  }

  private List<String> lines(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store").resolve(name))) {
      return files.toList();
    }
  }
}
