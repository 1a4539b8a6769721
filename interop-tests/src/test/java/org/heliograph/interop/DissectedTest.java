package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What passes between two switches, read by a foreign dissector: once in the clear, once protected.
 * The octets are taken by a tap in the middle.
 */
class DissectedTest {
  private static final Duration ARRIVAL = Duration.ofSeconds(60);
  private static final String CANARY = "canary-zkx4406-in-the-subject";
  private static final String BODY = "canary-qwv4406-in-the-body";

  private static final String MILITARY =
      """
      From: Alice <alice@alpha.example>
      To: bob@bravo.example
      Subject: %s
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <military-1@alpha.example>
      MMHS-Primary-Precedence: 4
      MMHS-Subject-Indicator-Codes: LAB; IKA
      MMHS-Message-Type: 0
      MIME-Version: 1.0
      Content-Type: text/plain; charset=us-ascii

      %s
      """
          .formatted(CANARY, BODY);

  private static final String PLAIN =
      """
      From: alice@alpha.example
      To: bob@bravo.example
      Subject: a plain one
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <plain-1@alpha.example>

      Just text.
      """;

  @TempDir Path directory;

  @Test
  void inTheClearEveryLayerDissects() throws Exception {
    Foreign tshark = Foreign.needed("tshark");
    Capture capture = exchange(Pair.Protection.OFF, MILITARY, PLAIN);
    Path pcap = directory.resolve("clear.pcap");
    capture.writeTo(pcap);
    String tree = dissect(tshark, capture, pcap, "-V");
    assertThat(tree).doesNotContain("Malformed").doesNotContain("BER Error");
    assertThat(tree)
        .contains(
            "TPKT",
            "ISO 8073",
            "ISO 8327-1",
            "ISO 8823",
            "ISO 8650-1",
            "X.228 OSI Reliable Transfer Service");
    assertThat(tree).contains("X.411 Message Transfer Service", "X.420 Information Object");
    assertThat(tree).contains("STANAG 4406 Message").contains("military-1@alpha");
    assertThat(tree).contains("PrimaryPrecedence: flash (4)");
    assertThat(tree).contains("LAB").contains("IKA");
    assertThat(tree).containsPattern("built-in: interpersonal-messaging-1984 \\(2\\)");
    assertThat(capture.contains(CANARY)).as("the subject passes in the clear").isTrue();
  }

  @Test
  void protectedOnlyTheLayersShow() throws Exception {
    Foreign tshark = Foreign.needed("tshark");
    Capture capture = exchange(Pair.Protection.ON, MILITARY);
    Path pcap = directory.resolve("protected.pcap");
    capture.writeTo(pcap);
    String tree = dissect(tshark, capture, pcap, "-V");
    assertThat(tree).doesNotContain("Malformed").doesNotContain("BER Error");
    assertThat(tree).contains("1.2.840.113549.1.9.16.1.6");
    assertThat(tree).contains("SignedData").contains("1.2.840.113549.1.7.3");
    assertThat(capture.contains(CANARY)).as("the subject is hidden").isFalse();
    assertThat(capture.contains(BODY)).as("the body is hidden").isFalse();
  }

  private Capture exchange(Pair.Protection protection, String... messages) throws Exception {
    int bravoP1 = TestSwitch.freePort();
    Capture capture = new Capture(bravoP1);
    try (Mailboxes mailboxes = new Mailboxes();
        Tap tap = new Tap(capture);
        Pair pair = Pair.start(directory, mailboxes.port(), protection, bravoP1, tap.port());
        Sender sender = new Sender(pair.alphaSmtp())) {
      for (String message : messages) {
        assertThat(sender.send("alice@alpha.example", "bob@bravo.example", message))
            .startsWith("250");
      }
      await()
          .atMost(ARRIVAL)
          .untilAsserted(() -> assertThat(mailboxes.mails()).hasSize(messages.length));
      assertThat(mailboxes.mails().stream().map(Mailboxes.Mail::text))
          .anyMatch(text -> text.contains(CANARY) && text.contains(BODY));
      assertThat(pair.bravo().stop()).isZero();
      assertThat(pair.alpha().stop()).isZero();
    }
    return capture;
  }

  private String dissect(Foreign tshark, Capture capture, Path pcap, String how) throws Exception {
    return tshark
        .run(
            directory,
            "-r",
            pcap.toString(),
            "-d",
            "tcp.port==" + capture.port() + ",tpkt",
            "-o",
            "tcp.desegment_tcp_streams:TRUE",
            how)
        .succeeded()
        .out();
  }
}
