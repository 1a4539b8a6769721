package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.heliograph.server.process.Ports;

/** Relays mail through a switch, and if wanted through Postfix, and measures. */
public final class MailBench {
  private final Plan plan;
  private final Consumer<String> told;
  private final Progress progress;

  public MailBench(Plan plan, Consumer<String> told, Progress progress) {
    this.progress = progress;
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
    try (Load load = postfix ? new NativeLoad(ports.free()) : new OwnLoad()) {
      Figures ours = throughSwitch(directory.resolve("switch"), load, ports.free());
      if (!postfix) {
        return ours;
      }
      told.accept(describe("the switch", ours.seconds()));
      Path other = Files.createDirectories(directory.resolve("postfix"));
      double seconds =
          PostfixInstance.measure(other, load, ports.free(), plan, plan.associations());
      told.accept(describe("Postfix", seconds));
      return ours.against(plan.messages() / seconds);
    }
  }

  private String describe(String who, double seconds) {
    return String.format(
        Locale.ROOT,
        "%s relayed %d messages of %d octets in %.2f s over %d sessions",
        who,
        plan.messages(),
        plan.size(),
        seconds,
        plan.associations());
  }

  private Figures throughSwitch(Path directory, Load load, int port) throws IOException {
    String configuration =
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
            .formatted(port, load.sink().getPort(), plan.associations());
    return BenchSwitch.measure(
        "smtp", plan, directory, configuration, loopback(port), load, progress);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
