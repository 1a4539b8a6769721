package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.heliograph.server.local.LocalClient;
import org.heliograph.server.process.Child;

/** The switch that is measured, in a process of its own. */
final class BenchSwitch {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STALLED = Duration.ofSeconds(60);

  private BenchSwitch() {}

  /**
   * Runs the plan through a switch.
   *
   * @param protocol for the figures
   * @param directory empty; the configuration and its {@code data} are put there
   * @param listen where the configuration lets it listen
   */
  static Figures measure(
      String protocol,
      Plan plan,
      Path directory,
      String configuration,
      InetSocketAddress listen,
      Load load,
      Progress progress)
      throws IOException {
    Path file = Files.createDirectories(directory).resolve("bench.conf");
    Files.writeString(file, configuration, StandardCharsets.UTF_8);
    List<String> verb = List.of("run", "-c", file.toString());
    Path log = directory.resolve("switch.log");
    try (Child child = Child.start("the switch", Child.Kind.ATTACHED, plan.heap(), log, verb)) {
      child.await(() -> Files.exists(directory.resolve("ports")), START);
      return measure(protocol, plan, directory, listen, load, child, progress);
    }
  }

  private static Figures measure(
      String protocol,
      Plan plan,
      Path directory,
      InetSocketAddress listen,
      Load load,
      Child child,
      Progress progress)
      throws IOException {
    try {
      LocalClient local = new LocalClient(directory.resolve("data/heliograph.sock"));
      // The first messages pay for compiling the program; they are not counted.
      double _ = relay(listen, load, plan.warmUp(), plan, progress);
      Map<String, Object> _ = local.post("/figures/reset", Map.of());
      double seconds = relay(listen, load, plan.messages(), plan, progress);
      Map<String, Object> figures = local.get("/figures", Map.of());
      return new Figures(
          protocol,
          plan.messages(),
          plan.size(),
          plan.associations(),
          seconds,
          number(figures, "p50_ms"),
          number(figures, "p99_ms"),
          (long) number(figures, "peak_heap"),
          number(figures, "cpu_ms") / plan.messages(),
          Optional.empty());
    } catch (IOException e) {
      throw new IOException(e.getMessage() + child.tail(), e);
    }
  }

  private static double number(Map<String, Object> figures, String key) throws IOException {
    if (figures.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IOException("the switch does not tell " + key);
  }

  /** Sends and waits until all has arrived; the seconds that took. */
  static double relay(InetSocketAddress through, Load load, int count, Plan plan)
      throws IOException {
    return relay(through, load, count, plan, Progress.silent());
  }

  /** The same, showing how many have arrived. */
  static double relay(InetSocketAddress through, Load load, int count, Plan plan, Progress progress)
      throws IOException {
    if (count == 0) {
      return 0;
    }
    long before = load.arrived();
    AtomicBoolean over = new AtomicBoolean();
    try (Progress.Part part = progress.begin("relaying", count)) {
      Thread.ofVirtual().start(() -> watch(part, load, before, over));
      return relay(through, load, count, plan, before);
    } finally {
      over.set(true);
    }
  }

  private static void watch(Progress.Part part, Load load, long before, AtomicBoolean over) {
    try {
      while (!over.get()) {
        part.at(load.arrived() - before);
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double relay(
      InetSocketAddress through, Load load, int count, Plan plan, long before) throws IOException {
    long start = System.nanoTime();
    load.send(through, count, plan.size(), plan.associations());
    long last = load.arrived();
    long moved = System.nanoTime();
    while (load.arrived() - before < count) {
      if (load.arrived() != last) {
        last = load.arrived();
        moved = System.nanoTime();
      }
      if (System.nanoTime() - moved > STALLED.toNanos()) {
        throw new IOException("only " + (last - before) + " of " + count + " messages arrived");
      }
      pause();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
