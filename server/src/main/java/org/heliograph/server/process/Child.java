package org.heliograph.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A verb of this program in a process of its own. It ends when this process ends, whichever way
 * that happens, unless it is {@linkplain Kind#INDEPENDENT independent}.
 */
public final class Child implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int TAIL = 15;

  /** Whether a child outlives its parent. */
  public enum Kind {
    /** Ends when its standard input does. */
    ATTACHED,
    /** Goes on. */
    INDEPENDENT
  }

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a verb.
   *
   * @param name what messages call it
   * @param heap largest heap as {@code -Xmx} takes it
   * @param log gets what it writes
   * @param verb with its arguments; must know {@code --attached}
   */
  public static Child start(String name, Kind kind, String heap, Path log, List<String> verb)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-Dheliograph.home=" + System.getProperty("heliograph.home", "."),
            "-cp",
            System.getProperty("java.class.path"),
            "org.heliograph.server.Heliograph"));
    command.addAll(verb);
    if (kind == Kind.ATTACHED) {
      command.add("--attached");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    if (kind == Kind.INDEPENDENT) {
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }
    return new Child(name, builder.start(), log);
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** What it wrote. */
  public Path log() {
    return log;
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /**
   * Waits until {@code ready}.
   *
   * @throws IOException if it ends before, or takes longer than {@code patience}; with the end of
   *     its log
   */
  public void await(BooleanSupplier ready, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IOException(name + " ended with exit code " + process.exitValue() + tail());
      }
      if (System.nanoTime() > end) {
        throw new IOException(name + " is not ready after " + patience.toSeconds() + " s" + tail());
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The end of its log, for messages about what went wrong. */
  public String tail() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return "; its log ends with\n  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends it with SIGTERM, and if that does not help after 15 s with SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
