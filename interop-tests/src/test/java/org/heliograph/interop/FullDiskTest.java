package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real disk, small, that fills to the last octet under a running switch with its low-water mark
 * switched off: what was acknowledged survives, the rest is refused, and with space again all goes
 * on without a restart. The disk is a tmpfs; where none may be mounted the test is skipped.
 */
class FullDiskTest {
  private static final int LARGE = 300_000;

  @TempDir Path directory;
  private @Nullable Path disk;

  @AfterEach
  void unmount() throws Exception {
    Path mounted = disk;
    if (mounted != null) {
      int _ = run("umount", mounted.toString());
    }
  }

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    int bravoP1 = TestSwitch.freePort();
    try (Mailboxes mailboxes = new Mailboxes()) {
      Pair.Layout layout =
          Pair.lay(directory, mailboxes.port(), Pair.Protection.OFF, bravoP1, bravoP1);
      Path disk = Files.createDirectories(layout.bravo().resolveSibling("data"));
      this.disk = disk;
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=64m", "none", disk.toString()) == 0,
          "no tmpfs may be mounted here: run the tests as root to see a disk fill up");
      Files.writeString(
          layout.bravo(),
          Files.readString(layout.bravo()) + "store { low-space = 0, enough-space = 0 }\n");
      try (TestSwitch bravo = layout.startBravo();
          TestSwitch alpha = layout.startAlpha()) {
        mailboxes.away(true);
        List<String> accepted = new ArrayList<>();
        Path ballast = disk.resolve("ballast");
        fill(ballast, Files.getFileStore(disk).getUsableSpace() - 2_000_000);
        String reply = "";
        for (int i = 0; i < 40 && !reply.startsWith("4"); i++) {
          String subject = "by SMTP " + i + ".";
          reply = send(layout.bravoSmtp(), subject);
          if (reply.startsWith("250")) {
            accepted.add(subject);
          }
        }
        assertThat(reply).as("the disk is full").containsPattern("^(451|452|421) 4\\.3\\.");
        String byP1 = "by P1.";
        assertThat(send(layout.alphaSmtp(), byP1)).startsWith("250");
        accepted.add(byP1);
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(Files.readString(layout.alpha().resolveSibling("alpha.log")))
                        .containsPattern("bravo refused|busy"));

        Files.delete(ballast);
        mailboxes.away(false);
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(
                () ->
                    assertThat(accepted)
                        .allSatisfy(subject -> assertThat(mailboxes.copies(subject)).isEqualTo(1)));
        assertThat(mailboxes.count()).as("and nothing else").isEqualTo(accepted.size());
        assertThat(send(layout.bravoSmtp(), "after.")).startsWith("250");
        assertThat(bravo.alive() && alpha.alive()).isTrue();
      }
    }
  }

  private static void fill(Path file, long octets) throws IOException {
    try (RandomAccessFile ballast = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] zeros = new byte[1 << 16];
      for (long written = 0; written < octets; written += zeros.length) {
        ballast.write(zeros, 0, (int) Math.min(zeros.length, octets - written));
      }
    }
  }

  private static String send(int port, String subject) throws IOException {
    try (Sender sender = new Sender(port)) {
      return sender.send(
          "alice@alpha.example",
          "bob@bravo.example",
          "From: alice@alpha.example\nTo: bob@bravo.example\nSubject: "
              + subject
              + "\n\n"
              + "0123456789\n".repeat(LARGE / 11));
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }
}
