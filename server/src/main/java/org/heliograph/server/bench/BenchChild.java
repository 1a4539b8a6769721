package org.heliograph.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.heliograph.server.local.LocalClient;
import org.heliograph.server.process.Child;

/** The switch that is measured, in a process of its own. */
final class BenchChild implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);

  private final Child child;
  private final LocalClient local;
  private final double startSeconds;

  private BenchChild(Child child, LocalClient local, double startSeconds) {
    this.child = child;
    this.local = local;
    this.startSeconds = startSeconds;
  }

  /** Starts it; returns when it listens. */
  static BenchChild start(P1Town town, String heap) throws IOException {
    Path directory = town.directory();
    Files.deleteIfExists(directory.resolve("ports"));
    List<String> verb = List.of("run", "-c", town.configuration().toString());
    long before = System.nanoTime();
    Child child =
        Child.start("the switch", Child.Kind.ATTACHED, heap, directory.resolve("switch.log"), verb);
    boolean runs = false;
    try {
      child.await(() -> Files.exists(directory.resolve("ports")), START);
      runs = true;
      return new BenchChild(
          child,
          new LocalClient(directory.resolve("data/heliograph.sock")),
          (System.nanoTime() - before) / 1e9);
    } finally {
      if (!runs) {
        child.close();
      }
    }
  }

  /** From the start of the process until it listens. */
  double startSeconds() {
    return startSeconds;
  }

  /** Octets of heap in use after a collection. */
  double usedHeap() throws IOException {
    Map<String, Object> answer = local.post("/figures/collect", Map.of());
    if (answer.get("used_heap") instanceof Number number) {
      return number.doubleValue();
    }
    throw new IOException("the switch does not tell its heap");
  }

  @Override
  public void close() {
    child.close();
  }
}
