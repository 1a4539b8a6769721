package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The canary: what was protected on its way leaves in no report and no log, although the message
 * could not be delivered behind the other switch.
 */
class ReportsAboutProtectedTest {
  private static final String CANARY = "canary-hgf4406-only-for-the-recipient";

  @TempDir Path directory;

  @Test
  void theReportSpeaksOfTheMessageAsItWasReceived() throws Exception {
    int bravoP1 = TestSwitch.freePort();
    Capture capture = new Capture(bravoP1);
    try (Mailboxes mailboxes = new Mailboxes();
        Tap tap = new Tap(capture);
        Pair pair =
            Pair.start(directory, mailboxes.port(), Pair.Protection.ON, bravoP1, tap.port());
        Sender sender = new Sender(pair.alphaSmtp())) {
      assertThat(
              sender.send(
                  "MAIL FROM:<alice@alpha.example> RET=HDRS ENVID=hgf-1",
                  "RCPT TO:<" + Mailboxes.REFUSED + "@bravo.example> NOTIFY=FAILURE",
                  ("From: alice@alpha.example\nTo: nobody@bravo.example\nSubject: for nobody\n"
                          + "Message-ID: <hgf-1@alpha.example>\n\n"
                          + CANARY
                          + "\n")
                      .getBytes(StandardCharsets.US_ASCII)))
          .startsWith("250");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(mailboxes.mails()).hasSize(1));
      Mailboxes.Mail report = mailboxes.mails().getFirst();
      assertThat(report.from()).isEmpty();
      assertThat(report.to()).containsExactly("alice@alpha.example");
      assertThat(report.text())
          .contains("Action: failed")
          .contains("Original-Envelope-Id: hgf-1")
          .doesNotContain(CANARY);
    }
    assertThat(capture.contains(CANARY)).as("between the switches").isFalse();
    for (Path log : logs()) {
      assertThat(Files.readString(log)).as("%s", log).doesNotContain(CANARY);
    }
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(f -> f.toString().endsWith(".log") && !f.toString().contains("/data/"))
          .toList();
    }
  }
}
