package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.heliograph.server.process.Ports;

/** Relays X.400 messages by P1 through a switch and measures. */
public final class P1Bench {
  /** SMTP sessions at one time with which Postfix is measured. */
  private static final int SESSIONS = 20;

  private final Plan plan;
  private final Consumer<String> told;

  public P1Bench(Plan plan, Consumer<String> told) {
    this.plan = plan;
    this.told = told;
  }

  /**
   * Runs it in {@code directory}, which must be empty.
   *
   * @throws IOException if something does not start, or messages do not arrive
   */
  public Figures run(Path directory) throws IOException {
    if (plan.against().isEmpty()) {
      return throughSwitch(Files.createDirectories(directory.resolve("switch")));
    }
    if (!PostfixInstance.missing().isEmpty()) {
      throw new IOException(PostfixInstance.missing());
    }
    Figures ours = throughSwitch(Files.createDirectories(directory.resolve("switch")));
    told.accept(
        String.format(
            Locale.ROOT, "the switch relayed %.0f messages a second by P1", ours.perSecond()));
    Ports ports = new Ports();
    try (Load load = new NativeLoad(ports.free())) {
      Path other = Files.createDirectories(directory.resolve("postfix"));
      double seconds = PostfixInstance.measure(other, load, ports.free(), plan, SESSIONS);
      return ours.against(plan.messages() / seconds);
    }
  }

  private Figures throughSwitch(Path directory) throws IOException {
    String password = UUID.randomUUID().toString();
    int port = new Ports().free();
    Files.writeString(directory.resolve("bind"), password + "\n", StandardCharsets.US_ASCII);
    try (Load load = new P1Load(password)) {
      String configuration =
          """
          node = bench
          host-name = bench.example
          home = data
          ports-file = ports
          domain { country = XX, prmd = BENCH, mta = bench-mta }
          p1 {
            listen = [ "127.0.0.1:%d" ]
            max-associations = 1000
            peers.source {
              theirs { mta = source-mta, password { file = bind } }
              ours { mta = bench-mta, password { file = bind } }
              inbound-associations = 500
            }
            peers.sink {
              addresses = [ "127.0.0.1:%d" ]
              theirs { mta = sink-mta, password { file = bind } }
              ours { mta = bench-mta, password { file = bind } }
              associations = %d
            }
          }
          routes = [ { to = "/PRMD=SINK/ADMD= /C=XX/", via = p1, peer = sink } ]
          """
              .formatted(port, load.sink().getPort(), plan.associations());
      InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return BenchSwitch.measure("p1", plan, directory, configuration, listen, load);
    }
  }
}
