package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A large message between two switches, one of which is killed in the midst of the transfer: it
 * goes on where it was, which is counted in octets on the wire, and arrives once.
 */
@Timeout(600)
class ResumeKillTest {
  private static final int OCTETS = 12_000_000;
  private static final long HALF = 8_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"alpha", "bravo"})
  void goesOnAfterAKill(String victim) throws Exception {
    byte[] random = new byte[OCTETS];
    new Random(1).nextBytes(random);
    String body = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(random);
    int bravoP1 = TestSwitch.freePort();
    try (Mailboxes mailboxes = new Mailboxes();
        Gate gate = new Gate(bravoP1);
        Pair pair =
            Pair.start(directory, mailboxes.port(), Pair.Protection.OFF, bravoP1, gate.port())) {
      try (Sender sender = new Sender(pair.alphaSmtp())) {
        assertThat(
                sender.send(
                    "MAIL FROM:<a@alpha.example>",
                    "RCPT TO:<b@bravo.example>",
                    ("From: a@alpha.example\nTo: b@bravo.example\nSubject: large\n\n" + body)
                        .getBytes(StandardCharsets.US_ASCII)))
            .startsWith("250");
      }
      assertThat(gate.stalled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("half of the message is under way")
          .isTrue();
      TestSwitch killed = victim.equals("alpha") ? pair.alpha() : pair.bravo();
      killed.kill();
      gate.open();
      killed.start();
      await().atMost(PATIENCE).until(() -> !mailboxes.mails().isEmpty());
      assertThat(mailboxes.mails().getFirst().text().replaceAll("\r\n", "\n")).contains(body);
      assertThat(mailboxes.copies("Subject: large")).isEqualTo(1);
      long all = gate.before.get() + gate.after.get();
      System.out.printf(
          "%s killed: %,d octets before, %,d after%n", victim, gate.before.get(), gate.after.get());
      assertThat(gate.before.get()).isGreaterThanOrEqualTo(HALF);
      assertThat(all)
          .as("octets on the wire beyond the message: what was not confirmed")
          .isLessThan((long) body.length() + 4_000_000);
    }
  }

  /** Lets half of the message through, stops there, and lets all through when it is opened. */
  private static final class Gate implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final AtomicLong before = new AtomicLong();
    private final AtomicLong after = new AtomicLong();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate(int target) throws IOException {
      this.target = target;
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    void open() {
      opened.countDown();
    }

    private void accept() {
      try {
        while (true) {
          Socket near = listener.accept();
          try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            Thread.ofVirtual().start(() -> pump(near, far, true));
            Thread.ofVirtual().start(() -> pump(far, near, false));
          } catch (IOException nobody) {
            near.close();
          }
        }
      } catch (IOException closed) {
        // The end.
      }
    }

    private void pump(Socket from, Socket to, boolean count) {
      byte[] piece = new byte[16 * 1024];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          if (count && opened.getCount() > 0 && before.addAndGet(n) >= HALF) {
            out.write(piece, 0, n);
            stalled.countDown();
            opened.await();
            return;
          }
          if (count && opened.getCount() == 0) {
            after.addAndGet(n);
          }
          out.write(piece, 0, n);
        }
      } catch (IOException ended) {
        // Both are closed.
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      opened.countDown();
    }
  }
}
