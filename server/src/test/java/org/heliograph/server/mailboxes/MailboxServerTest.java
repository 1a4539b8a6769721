package org.heliograph.server.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.model.Mailbox;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two mailbox servers: what one delivers it reports through the other. */
class MailboxServerTest {
  private static final Mailbox ALICE = Mailbox.parse("alice@alpha.example");
  private static final Mailbox BOB = Mailbox.parse("bob@bravo.example");
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path directory;
  private MailboxServer alpha;
  private MailboxServer bravo;

  @BeforeEach
  void start() throws IOException {
    alpha = MailboxServer.start(directory.resolve("a"), ANY, "a.example", Map.of(ALICE, ANY));
    bravo =
        MailboxServer.start(directory.resolve("b"), ANY, "b.example", Map.of(BOB, alpha.address()));
  }

  @AfterEach
  void stop() {
    bravo.close();
    alpha.close();
  }

  private void send(Mailbox to, String content, Optional<String> events) throws IOException {
    try (MailSender sender =
        MailSender.connect(bravo.address(), "test.example", Duration.ofSeconds(10))) {
      sender.send(
          new Outgoing(
              Optional.of(ALICE),
              List.of(to),
              content.getBytes(StandardCharsets.UTF_8),
              events,
              Optional.of("id-1")));
    }
  }

  private static List<Path> messages(Path box) throws IOException {
    try (Stream<Path> files = Files.list(box)) {
      return files.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
    }
  }

  @Test
  void aMessageIsKeptAsItCame() throws IOException {
    send(BOB, "Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\nlast", Optional.empty());
    List<Path> kept = messages(directory.resolve("b/bob@bravo.example"));
    assertThat(kept).hasSize(1);
    assertThat(Files.readString(kept.getFirst()))
        .endsWith("Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\nlast\r\n");
    assertThat(kept.getFirst().resolveSibling("1.json")).content().contains("\"envid\":\"id-1\"");
    assertThat(directory.resolve("b/incoming")).isEmptyDirectory();
  }

  @Test
  void deliveryIsReportedWhereItIsAskedFor() throws IOException {
    send(
        BOB,
        "Message-ID: <m1@alpha.example>\r\nSubject: x\r\n\r\nbody\r\n",
        Optional.of("SUCCESS"));
    Path box = directory.resolve("a/alice@alpha.example");
    await().atMost(Duration.ofSeconds(20)).until(() -> messages(box).size() == 1);
    assertThat(Files.readString(messages(box).getFirst()))
        .contains("Original-Envelope-Id: id-1")
        .contains("Final-Recipient: rfc822; bob@bravo.example")
        .contains("Action: delivered")
        .contains("Message-ID: <m1@alpha.example>")
        .doesNotContain("body\r\n");
  }

  @Test
  void strangersAreRefused() {
    assertThatThrownBy(
            () -> send(Mailbox.parse("nobody@bravo.example"), "\r\n\r\n", Optional.empty()))
        .hasMessageContaining("550 5.1.1");
  }
}
