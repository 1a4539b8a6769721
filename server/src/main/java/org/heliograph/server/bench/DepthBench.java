package org.heliograph.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.heliograph.server.process.Ports;

/**
 * What a deep queue costs: the same traffic through a switch with a thousand messages queued and
 * with very many, half of them for a peer that does not answer, all of them due.
 */
public final class DepthBench {
  private static final int SMALL = 1000;

  private final Plan plan;
  private final long queued;
  private final Consumer<String> told;
  private final Progress progress;

  /**
   * @param plan messages that are sent meanwhile
   * @param queued how many are in the deep queue
   */
  public DepthBench(Plan plan, long queued, Consumer<String> told, Progress progress) {
    this.plan = plan;
    this.queued = queued;
    this.told = told;
    this.progress = progress;
  }

  /** A run of the switch. */
  private record Run(double startSeconds, double heap, double perSecond) {}

  /**
   * Runs it in {@code directory}, which must be empty.
   *
   * @return the figures by their names
   */
  public Map<String, Object> run(Path directory) throws IOException {
    Ports ports = new Ports();
    String password = UUID.randomUUID().toString();
    try (P1Load load = new P1Load(password)) {
      Run empty = run(directory.resolve("empty"), load, ports, password, 0);
      Run small = run(directory.resolve("small"), load, ports, password, SMALL);
      told.accept("with " + SMALL + " queued: " + Math.round(small.perSecond()) + " a second");
      Run deep = run(directory.resolve("deep"), load, ports, password, queued);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("queued", queued);
      facts.put("small", rounded(small.perSecond()));
      facts.put("deep", rounded(deep.perSecond()));
      facts.put("ratio", rounded(deep.perSecond() / small.perSecond()));
      facts.put("octets_per_message", rounded((deep.heap() - empty.heap()) / queued));
      facts.put("start_seconds", rounded(deep.startSeconds()));
      facts.put("start_seconds_empty", rounded(empty.startSeconds()));
      return facts;
    }
  }

  private Run run(Path directory, P1Load load, Ports ports, String password, long depth)
      throws IOException {
    P1Town town =
        P1Town.write(
            directory, password, ports.free(), load.sink(), ports.free(), plan.associations());
    if (depth > 0) {
      new Backlog(town.store(), progress).fill(depth, plan.size(), true);
    }
    try (BenchChild child = BenchChild.start(town, plan.heap())) {
      double heap = child.usedHeap();
      if (depth == 0) {
        return new Run(child.startSeconds(), heap, 0);
      }
      // The first messages pay for compiling the program; they are not counted.
      double _ = BenchSwitch.relay(town.listen(), load, plan.warmUp(), plan, progress);
      double seconds = BenchSwitch.relay(town.listen(), load, plan.messages(), plan, progress);
      return new Run(child.startSeconds(), heap, plan.messages() / seconds);
    }
  }

  private static double rounded(double figure) {
    return Math.round(figure * 100) / 100.0;
  }
}
