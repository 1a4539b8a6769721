package org.heliograph.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A switch as its users run it: a process of its own, started from a configuration file, stopped
 * with a signal. Can be killed and started again on the same store.
 */
final class TestSwitch implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final String name;
  private final Path directory;
  private final Path configuration;
  private final String heap;
  private @Nullable Process process;

  private TestSwitch(String name, Path directory, Path configuration, String heap) {
    this.name = name;
    this.directory = directory;
    this.configuration = configuration;
    this.heap = heap;
  }

  /**
   * Starts a switch and waits until it listens.
   *
   * @param configuration in a directory that is the switch's own
   */
  static TestSwitch start(String name, Path configuration, String heap)
      throws IOException, InterruptedException {
    TestSwitch started =
        new TestSwitch(
            name, Objects.requireNonNull(configuration.getParent()), configuration, heap);
    started.start();
    return started;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it (again), and waits until it says on which addresses it listens. */
  void start() throws IOException, InterruptedException {
    Path ports = directory.resolve("ports");
    Files.deleteIfExists(ports);
    Process started =
        new ProcessBuilder(command("run", "-c", configuration.toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    process = started;
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(ports)) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new IOException(name + " did not start:\n" + Files.readString(log()));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private List<String> command(String... verb) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.heliograph.server.Heliograph"));
    command.addAll(List.of(verb));
    return command;
  }

  /** Runs another verb of the program on this switch's configuration and returns what it prints. */
  String say(String... verb) throws IOException, InterruptedException {
    List<String> command = command(verb);
    command.addAll(List.of("-c", configuration.toString()));
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    run.waitFor();
    return out;
  }

  /** Everything it has written since the first start. */
  Path log() {
    return directory.resolve(name + ".log");
  }

  private Process running() {
    return Objects.requireNonNull(process, "not started");
  }

  /** SIGKILL: nothing of the process gets a chance to tidy up. */
  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  boolean alive() {
    return running().isAlive();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws IOException, InterruptedException {
    Process process = running();
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(name + " did not stop within " + STOP.toSeconds() + " seconds");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
