package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage, truncated and hostile octets on both ports of a running switch. */
class HostileTest {
  private static final int ATTACKS = 60;
  private static final byte[] CONNECT =
      HexFormat.of().parseHex("0300001611e00000000100c1024142c2024142c0010b");

  @TempDir Path directory;

  @Test
  void theNextConnectionWorks() throws Exception {
    long seed = Long.getLong("heliograph.seed", System.nanoTime());
    Random random = new Random(seed);
    int bravoP1 = TestSwitch.freePort();
    try (Mailboxes mailboxes = new Mailboxes();
        Pair pair =
            Pair.start(directory, mailboxes.port(), Pair.Protection.OFF, bravoP1, bravoP1)) {
      for (int i = 0; i < ATTACKS; i++) {
        attack(
            pair.bravoSmtp(), random, "EHLO x\r\nMAIL FROM:<".getBytes(StandardCharsets.US_ASCII));
        attack(bravoP1, random, CONNECT);
      }
      try (Sender sender = new Sender(pair.alphaSmtp())) {
        assertThat(
                sender.send(
                    "alice@alpha.example",
                    "bob@bravo.example",
                    "From: alice@alpha.example\nSubject: after the attack\n\nstill here\n"))
            .as("seed %d", seed)
            .startsWith("250");
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(mailboxes.mails())
                      .as("seed %d", seed)
                      .anyMatch(m -> m.text().contains("after the attack")));
      assertThat(pair.bravo().alive()).isTrue();
      assertThat(Files.readString(pair.bravo().log()))
          .as("a refusal names the peer")
          .contains("127.0.0.1");
    }
  }

  /** A prefix that is right, then noise; half of the attackers hang up at once. */
  private static void attack(int port, Random random, byte[] prefix) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(200);
      byte[] noise = new byte[random.nextInt(4_000)];
      random.nextBytes(noise);
      int kept = random.nextInt(prefix.length + 1);
      try {
        socket.getOutputStream().write(prefix, 0, kept);
        socket.getOutputStream().write(noise);
        if (random.nextBoolean()) {
          int _ = socket.getInputStream().read();
        }
      } catch (IOException refused) {
        // To be refused is what the attacker must expect.
      }
    }
  }
}
