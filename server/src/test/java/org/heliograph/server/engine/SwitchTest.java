package org.heliograph.server.engine;

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
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.server.local.LocalClient;
import org.heliograph.server.mailboxes.MailboxServer;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay, wired as a file says, on real sockets and a real store. */
class SwitchTest {
  private static final Mailbox ALICE = Mailbox.parse("alice@example.org");
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private MailboxServer mailboxes;
  private Switch running;
  private LocalClient local;

  @BeforeEach
  void start() throws Exception {
    mailboxes = MailboxServer.start(directory.resolve("boxes"), ANY, "boxes", Map.of(ALICE, ANY));
    SwitchSettings settings = settings(mailboxes.address().getPort());
    running = Switch.start(settings);
    local = new LocalClient(settings.socket());
  }

  @AfterEach
  void stop() {
    running.stop();
    mailboxes.close();
  }

  private SwitchSettings settings(int peer) throws IOException, ConfigurationException {
    Path file =
        Files.writeString(
            directory.resolve("switch.conf"),
            """
            node = relay
            home = d
            ports-file = ports
            smtp {
              listen = [ { address = "127.0.0.1:0" } ]
              peers.boxes { address = "127.0.0.1:%d" }
            }
            routes = [ { to = example.org, via = smtp, peer = boxes } ]
            """
                .formatted(peer));
    return ConfigurationFile.read(file);
  }

  private InetSocketAddress smtp() throws IOException {
    String line = Files.readString(directory.resolve("ports"));
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(line.replaceAll("[^0-9]", "")));
  }

  private void send(Mailbox to, String envelopeId) throws IOException {
    try (MailSender sender = MailSender.connect(smtp(), "test.example", PATIENCE)) {
      String _ =
          sender.send(
              new Outgoing(
                  Optional.of(ALICE),
                  List.of(to),
                  "Message-ID: <m@x.example>\r\nSubject: one\r\n\r\nbody\r\n"
                      .getBytes(StandardCharsets.US_ASCII),
                  Optional.of("FAILURE"),
                  Optional.of(envelopeId)));
    }
  }

  private List<?> waiting() throws IOException {
    return (List<?>) local.get("/queue", Map.of()).getOrDefault("messages", List.of());
  }

  private long mails() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("boxes/alice@example.org"))) {
      return files.filter(f -> f.toString().endsWith(".eml")).count();
    }
  }

  @Test
  void relaysAndTellsWhatItDid() throws Exception {
    send(ALICE, "first");
    await().atMost(PATIENCE).until(() -> mails() == 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(String.valueOf(local.get("/track", Map.of("id", "first"))))
                    .contains("accepted")
                    .contains("transferred"));
    assertThat(String.valueOf(local.get("/track", Map.of("id", "m@x.example"))))
        .contains("accepted");
    assertThat(local.get("/queue", Map.of())).containsEntry("messages", List.of());
    assertThat(local.get("/status", Map.of())).containsEntry("node", "relay");
    assertThat(String.valueOf(local.get("/events", Map.of("after", "0")))).contains("accepted");
    assertThat(local.get("/figures", Map.of())).containsEntry("served", 1);
  }

  @Test
  void aRecipientThatThePeerRefusesIsReported() throws Exception {
    send(Mailbox.parse("nobody@example.org"), "second");
    await().atMost(PATIENCE).until(() -> mails() == 1);
    try (Stream<Path> files = Files.list(directory.resolve("boxes/alice@example.org"))) {
      Path report = files.filter(f -> f.toString().endsWith(".eml")).findFirst().orElseThrow();
      assertThat(Files.readString(report))
          .contains("Original-Envelope-Id: second", "Action: failed", "Status: 5.1.1");
    }
  }

  @Test
  void whatThereIsNoRouteForIsRefused() {
    assertThatThrownBy(() -> send(Mailbox.parse("a@elsewhere.example"), "third"))
        .hasMessageContaining("550 5.1.2");
  }

  @Test
  void theOperatorsOrdersAreCarriedOut() throws Exception {
    mailboxes.close();
    send(ALICE, "fourth");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(waiting()).hasSize(1);
              assertThat(String.valueOf(local.get("/alarms", Map.of())))
                  .contains("peer-unavailable");
            });
    String message = String.valueOf(((Map<?, ?>) waiting().getFirst()).get("message"));
    assertThat(local.post("/queue/" + message + "/hold", Map.of("who", "test", "why", "because")))
        .containsEntry("done", "hold");
    assertThat(String.valueOf(local.get("/queue/" + message, Map.of()))).contains("because");
    assertThat(local.post("/queue/" + message + "/release", Map.of("who", "test")))
        .containsEntry("done", "release");
    assertThatThrownBy(() -> local.post("/queue/" + message + "/release", Map.of()))
        .hasMessageContaining("nothing of it is held");
    assertThatThrownBy(() -> local.get("/queue/MZZZ", Map.of())).hasMessageContaining("no message");
  }

  @Test
  void saysWhereARecipientWouldGoAndWhy() throws Exception {
    assertThat(local.get("/explain", Map.of("address", "bob@example.org")))
        .containsEntry("plan", "smtp@boxes")
        .extractingByKey("rules")
        .asString()
        .contains("won");
    assertThat(local.get("/explain", Map.of("address", "S=Smith; P=MOD; A=; C=GB")))
        .doesNotContainKey("plan")
        .containsKey("verdict");
    assertThatThrownBy(() -> local.get("/explain", Map.of("address", "neither")))
        .hasMessageContaining("neither");
  }

  @Test
  void decidesAnewAndShowsBeforeAndAfter() throws Exception {
    mailboxes.close();
    send(ALICE, "sixth");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).hasSize(1));
    Map<String, Object> shown = local.post("/reroute", Map.of("peer", "boxes"));
    assertThat(shown).containsEntry("rehearsal", true);
    assertThat(String.valueOf(shown.get("rerouted")))
        .contains("before=smtp@boxes", "after=smtp@boxes", "moved=false");
    assertThatThrownBy(() -> local.post("/reroute", Map.of()))
        .hasMessageContaining("either message or peer");
  }

  @Test
  void acceptedMailSurvivesAStop() throws Exception {
    mailboxes.close();
    send(ALICE, "fifth");
    running.stop();
    MailboxServer again =
        MailboxServer.start(directory.resolve("boxes"), ANY, "boxes", Map.of(ALICE, ANY));
    try {
      Files.delete(directory.resolve("ports"));
      running = Switch.start(settings(again.address().getPort()));
      await().atMost(PATIENCE).until(() -> mails() == 1);
    } finally {
      again.close();
    }
  }

  @Test
  void aSecondSwitchOnTheSameStoreIsRefused() throws Exception {
    SwitchSettings same = settings(mailboxes.address().getPort());
    assertThatThrownBy(() -> Switch.start(same)).isInstanceOf(IOException.class);
    assertThat(local.get("/status", Map.of())).as("the first goes on").containsKey("pid");
  }
}
