package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.heliograph.server.local.LocalClient;
import org.heliograph.server.process.Child;
import org.heliograph.server.process.Ports;

/** Relays mail through a switch, and if wanted through Postfix, and measures. */
public final class MailBench {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STALLED = Duration.ofSeconds(60);

  private final Plan plan;
  private final Consumer<String> told;

  public MailBench(Plan plan, Consumer<String> told) {
    this.plan = plan;
    this.told = told;
  }

  /**
   * Runs it in {@code directory}, which must be empty.
   *
   * @throws IOException if something does not start, or messages do not arrive
   */
  public Figures run(Path directory) throws IOException {
    Ports ports = new Ports();
    boolean postfix = plan.against().isPresent();
    if (postfix && !PostfixInstance.missing().isEmpty()) {
      throw new IOException(PostfixInstance.missing());
    }
    try (MailLoad load = postfix ? new NativeLoad(ports.free()) : new OwnLoad()) {
      Figures ours = throughSwitch(directory.resolve("switch"), load, ports);
      if (!postfix) {
        return ours;
      }
      told.accept(describe("the switch", ours.messages(), ours.seconds()));
      double seconds =
          throughPostfix(Files.createDirectories(directory.resolve("postfix")), load, ports);
      told.accept(describe("Postfix", plan.messages(), seconds));
      return ours.against(plan.messages() / seconds);
    }
  }

  private String describe(String who, long messages, double seconds) {
    return String.format(
        java.util.Locale.ROOT,
        "%s relayed %d messages of %d octets in %.2f s over %d sessions",
        who,
        messages,
        plan.size(),
        seconds,
        plan.associations());
  }

  private Figures throughSwitch(Path directory, MailLoad load, Ports ports) throws IOException {
    InetSocketAddress listen =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.free());
    Files.createDirectories(directory);
    Path configuration = directory.resolve("bench.conf");
    Files.writeString(
        configuration,
        """
        node = bench
        host-name = bench.example
        home = data
        ports-file = ports
        smtp {
          listen = [ { address = "127.0.0.1:%d", max-connections = 1000 } ]
          peers.sink { address = "127.0.0.1:%d", connections = %d, starttls = never }
        }
        routes = [ { to = bench.example, via = smtp, peer = sink } ]
        """
            .formatted(listen.getPort(), load.sink().getPort(), plan.associations()),
        StandardCharsets.UTF_8);
    List<String> verb = List.of("run", "-c", configuration.toString());
    Path log = directory.resolve("switch.log");
    try (Child child = Child.start("the switch", Child.Kind.ATTACHED, plan.heap(), log, verb)) {
      child.await(() -> Files.exists(directory.resolve("ports")), START);
      LocalClient local = new LocalClient(directory.resolve("data/heliograph.sock"));
      // The first messages pay for compiling the program; they are not counted.
      double _ = relay(listen, load, plan.warmUp());
      Map<String, Object> _ = local.post("/figures/reset", Map.of());
      double seconds = relay(listen, load, plan.messages());
      Map<String, Object> figures = local.get("/figures", Map.of());
      return new Figures(
          "smtp",
          plan.messages(),
          plan.size(),
          plan.associations(),
          seconds,
          number(figures, "p50_ms"),
          number(figures, "p99_ms"),
          (long) number(figures, "peak_heap"),
          Optional.empty());
    }
  }

  static double number(Map<String, Object> figures, String key) throws IOException {
    if (figures.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IOException("the switch does not tell " + key);
  }

  private double throughPostfix(Path directory, MailLoad load, Ports ports) throws IOException {
    int port = ports.free();
    try (PostfixInstance postfix = PostfixInstance.start(directory, port, load.sink())) {
      InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      awaitListening(listen);
      double _ = relay(listen, load, plan.warmUp());
      return relay(listen, load, plan.messages());
    }
  }

  private static void awaitListening(InetSocketAddress address) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try (java.net.Socket socket = new java.net.Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException("Postfix does not listen on " + address, e);
        }
        pause();
      }
    }
  }

  /** Sends and waits until all has arrived; the seconds that took. */
  private double relay(InetSocketAddress through, MailLoad load, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    long before = load.arrived();
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

  private static void pause() throws IOException {
    try {
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
