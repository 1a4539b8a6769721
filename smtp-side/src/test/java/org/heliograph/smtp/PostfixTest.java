package org.heliograph.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postfix's generator and sink of mail as judges that are not ours. */
class PostfixTest {
  private static final int MESSAGES = 400;

  @TempDir Path directory;

  private static String needed(String name) {
    Path program = Path.of("/usr/sbin", name);
    assumeTrue(
        Files.isExecutable(program),
        program + " is not installed (Debian: apt-get install postfix); not tried against it");
    return program.toString();
  }

  @Test
  void takesWhatSmtpSourceSends() throws Exception {
    String source = needed("smtp-source");
    try (Running running = Running.plain()) {
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  source,
                  "-s",
                  "20",
                  "-m",
                  String.valueOf(MESSAGES),
                  "-l",
                  "2048",
                  "-r",
                  "2",
                  "-f",
                  "a@b.example",
                  "-t",
                  "c@d.example",
                  "127.0.0.1:" + running.address().getPort())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      rate("from smtp-source, 20 sessions", begin);
      assertThat(running.store.accepted())
          .hasSize(MESSAGES)
          .allSatisfy(a -> assertThat(a.draft().envelope().recipients()).hasSize(2))
          .allSatisfy(a -> assertThat(a.draft().content().length()).isGreaterThan(2048));
    }
  }

  @Test
  void isUnderstoodBySmtpSink() throws Exception {
    String sink = needed("smtp-sink");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port = freePort();
    Path dump = directory.resolve("dump");
    List<String> command = new ArrayList<>(List.of(sink, "-D", dump.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(List.of("127.0.0.1:" + port, "100"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sink.txt").toFile())
            .start();
    try (Sending sending = new Sending(port, s -> s.withReuse(100, 1000, 20, s.park()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      await().atMost(Duration.ofSeconds(10)).until(() -> listens(port));
      long begin = System.nanoTime();
      List<Future<Integer>> all = new ArrayList<>();
      for (int session = 0; session < 20; session++) {
        all.add(threads.submit(() -> send(sending, MESSAGES / 20)));
      }
      for (Future<Integer> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(MESSAGES / 20);
      }
      rate("to smtp-sink, 20 sessions", begin);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(marks(dump)).isEqualTo(MESSAGES));
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static int send(Sending sending, int messages) throws Exception {
    String content = "Subject: x\r\n\r\n.MARK\r\n" + "x".repeat(78).concat("\r\n").repeat(25);
    int done = 0;
    for (int i = 0; i < messages; i++) {
      Outcome outcome = sending.send(Sending.to("c@d.example"), content).get(new RecipientId(1));
      done += outcome instanceof Outcome.Done ? 1 : 0;
    }
    return done;
  }

  private static long marks(Path dump) throws IOException {
    try (Stream<String> lines = Files.lines(dump, ISO_8859_1)) {
      return lines.filter(line -> line.equals(".MARK")).count();
    }
  }

  private static void rate(String what, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf("%d messages of 2 kB %s: %.0f/s%n", MESSAGES, what, MESSAGES / seconds);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
