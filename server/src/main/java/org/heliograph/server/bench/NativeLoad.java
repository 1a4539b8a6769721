package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Postfix's own load programs, smtp-source and smtp-sink, which cost far less than ours. */
final class NativeLoad implements Load {
  private final Process sink;
  private final InetSocketAddress address;
  private final AtomicLong messages = new AtomicLong();

  /**
   * Starts a sink.
   *
   * @param port free
   */
  NativeLoad(int port) throws IOException {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    List<String> command = new ArrayList<>(List.of("smtp-sink", "-c"));
    if ("root".equals(System.getProperty("user.name"))) {
      // It insists on giving root's rights away.
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(List.of("127.0.0.1:" + port, "1000"));
    sink = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofPlatform().daemon().name("sink").start(this::count);
  }

  static boolean there(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** It shows running counters: {@code sess=1 quit=1 mesg=1}, a carriage return between them. */
  private void count() {
    StringBuilder word = new StringBuilder();
    try {
      int c = sink.getInputStream().read();
      while (c >= 0) {
        if (Character.isWhitespace(c)) {
          if (word.indexOf("mesg=") == 0) {
            messages.set(Long.parseLong(word.substring(5)));
          }
          word.setLength(0);
        } else {
          word.append((char) c);
        }
        c = sink.getInputStream().read();
      }
    } catch (IOException e) {
      // It was stopped.
    }
  }

  @Override
  public InetSocketAddress sink() {
    return address;
  }

  @Override
  public long arrived() {
    return messages.get();
  }

  @Override
  public void send(InetSocketAddress to, int count, long size, int sessions) throws IOException {
    if (!sink.isAlive()) {
      throw new IOException("smtp-sink ended with exit code " + sink.exitValue());
    }
    Process source =
        new ProcessBuilder(
                List.of(
                    "smtp-source",
                    "-s",
                    Integer.toString(sessions),
                    "-l",
                    Long.toString(size),
                    "-m",
                    Integer.toString(count),
                    "-f",
                    "source@bench.example",
                    "-t",
                    "sink@bench.example",
                    to.getAddress().getHostAddress() + ":" + to.getPort()))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(source.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (source.waitFor() != 0) {
        throw new IOException("smtp-source failed: " + said);
      }
    } catch (InterruptedException e) {
      source.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    sink.destroy();
    try {
      if (!sink.waitFor(5, TimeUnit.SECONDS)) {
        sink.destroyForcibly();
      }
    } catch (InterruptedException e) {
      sink.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
