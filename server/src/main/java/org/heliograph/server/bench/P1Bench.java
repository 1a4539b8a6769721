package org.heliograph.server.bench;

import java.io.IOException;
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
  private final Progress progress;

  public P1Bench(Plan plan, Consumer<String> told, Progress progress) {
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
    Ports ports = new Ports();
    try (Load load = new P1Load(password)) {
      P1Town town =
          P1Town.write(
              directory, password, ports.free(), load.sink(), ports.free(), plan.associations());
      return BenchSwitch.measure(
          "p1",
          plan,
          directory,
          Files.readString(town.configuration(), StandardCharsets.UTF_8),
          town.listen(),
          load,
          progress);
    }
  }
}
