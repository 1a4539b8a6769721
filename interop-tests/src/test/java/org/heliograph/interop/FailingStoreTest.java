package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.queue.Surroundings;
import org.heliograph.queue.store.Faults;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import org.heliograph.server.local.LocalClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole switch on a disk that fails and a clock that jumps. Bravo runs in this process, on what
 * the test puts in place of the machine; Alpha is a process of its own and sends by P1, the test
 * sends by SMTP.
 */
class FailingStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than rides in the database. */
  private static final int LARGE = 200_000;

  @TempDir Path directory;
  private final AtomicBoolean forceFails = new AtomicBoolean();
  private final AtomicBoolean writeFails = new AtomicBoolean();
  private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
  private final AtomicReference<Duration> jump = new AtomicReference<>(Duration.ZERO);
  private Mailboxes mailboxes;
  private Pair.Layout layout;
  private Switch bravo;
  private TestSwitch alpha;

  @BeforeEach
  void start() throws Exception {
    mailboxes = new Mailboxes();
    int port = TestSwitch.freePort();
    layout = Pair.lay(directory, mailboxes.port(), Pair.Protection.OFF, port, port);
    Faults faults =
        new Faults() {
          @Override
          public void force() throws IOException {
            fail(forceFails, "the log cannot be forced");
          }

          @Override
          public void forceFile() throws IOException {
            fail(forceFails, "the file cannot be forced");
          }

          @Override
          public void write() throws IOException {
            fail(writeFails, "read-only file system");
          }
        };
    bravo =
        Switch.start(
            ConfigurationFile.read(layout.bravo()),
            new Surroundings(
                () -> Instant.now().plus(jump.get()),
                System::nanoTime,
                usable::get,
                faults,
                "directory"));
    alpha = layout.startAlpha();
  }

  private static void fail(AtomicBoolean now, String text) throws IOException {
    if (now.get()) {
      throw new IOException(text);
    }
  }

  @AfterEach
  void stop() throws Exception {
    forceFails.set(false);
    alpha.close();
    bravo.stop();
    mailboxes.close();
  }

  @Test
  void aLogThatCannotBeForcedAcknowledgesNothing() throws Exception {
    forceFails.set(true);
    assertThat(toBravo("by SMTP", 10)).startsWith("451 4.3.");
    assertThat(toAlpha("by P1", 10)).startsWith("250");
    awaitAlarm("store-unavailable", true);
    awaitKeptAtAlpha("busy");
    assertThat(mailboxes.mails()).isEmpty();

    forceFails.set(false);
    awaitAlarm("store-unavailable", false);
    assertThat(toBravo("by SMTP again", 10)).startsWith("250");
    awaitExactly("by P1", "by SMTP again");
  }

  @Test
  void aContentFileThatCannotBeWrittenIsRefusedForTheTimeBeing() throws Exception {
    writeFails.set(true);
    assertThat(toBravo("by SMTP", LARGE)).startsWith("452 4.3.1");
    awaitAlarm("store-unavailable", true);
    assertThat(toAlpha("by P1", LARGE)).startsWith("250");
    awaitKeptAtAlpha("busy");
    assertThat(mailboxes.mails()).isEmpty();

    writeFails.set(false);
    awaitAlarm("store-unavailable", false);
    assertThat(toBravo("by SMTP again", LARGE)).startsWith("250");
    awaitExactly("by P1", "by SMTP again");
  }

  @Test
  void aFullDiskRefusesWhatIsNewAndDrainsWhatIsThere() throws Exception {
    mailboxes.away(true);
    assertThat(toBravo("before", 10)).startsWith("250");
    Sender open = new Sender(layout.bravoSmtp());
    usable.set(1 << 20);
    awaitAlarm("low-space", true);
    assertThat(open.say("MAIL FROM:<alice@alpha.example>")).startsWith("452 4.3.1");
    assertThat(toAlpha("by P1", 10)).startsWith("250");
    awaitKeptAtAlpha("busy");

    mailboxes.away(false);
    awaitExactly("before");

    // between the two marks it stays closed: it must not open and close with every message
    usable.set(300L << 20);
    assertThat(open.say("MAIL FROM:<alice@alpha.example>")).startsWith("452 4.3.1");
    usable.set(Long.MAX_VALUE);
    awaitAlarm("low-space", false);
    assertThat(toBravo("after", 10)).startsWith("250");
    awaitExactly("before", "by P1", "after");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aClockThatJumpsADayNeitherExpiresNorRepeats(int days) throws Exception {
    assertThat(toBravo("sent before", 10)).startsWith("250");
    awaitExactly("sent before");
    mailboxes.away(true);
    assertThat(toBravo("waits by SMTP", 10)).startsWith("250");
    assertThat(toAlpha("waits by P1", 10)).startsWith("250");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(status().get("waiting")).isEqualTo(2));
    jump.set(Duration.ofDays(days));
    awaitAlarm("clock-jumped", true);
    assertThat(toBravo("after the jump", 10)).startsWith("250");
    mailboxes.away(false);
    awaitExactly("sent before", "waits by SMTP", "waits by P1", "after the jump");
    jump.set(Duration.ZERO);
    awaitAlarm("clock-jumped", false);
    awaitExactly("sent before", "waits by SMTP", "waits by P1", "after the jump");
  }

  private String toBravo(String subject, int size) throws IOException {
    return send(layout.bravoSmtp(), subject, size);
  }

  private String toAlpha(String subject, int size) throws IOException {
    return send(layout.alphaSmtp(), subject, size);
  }

  private static String send(int port, String subject, int size) throws IOException {
    try (Sender sender = new Sender(port)) {
      return sender.send(
          "alice@alpha.example",
          "bob@bravo.example",
          "From: alice@alpha.example\nTo: bob@bravo.example\nSubject: "
              + subject
              + "\n\n"
              + "0123456789\n".repeat(size / 11 + 1));
    }
  }

  /** These arrived once each, and nothing else. */
  private void awaitExactly(String... subjects) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(mailboxes.mails())
                    .extracting(m -> m.header().replaceAll("(?s).*Subject: ([^\r\n]*).*", "$1"))
                    .containsExactlyInAnyOrder(subjects));
  }

  private void awaitAlarm(String kind, boolean raised) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String alarms = String.valueOf(status().get("alarms"));
              if (raised) {
                assertThat(alarms).contains(kind);
              } else {
                assertThat(alarms).doesNotContain(kind);
              }
            });
  }

  private Map<String, Object> status() throws IOException {
    return ask(layout.bravo(), "/status");
  }

  private static Map<String, Object> ask(Path configuration, String path) throws IOException {
    try {
      return new LocalClient(ConfigurationFile.read(configuration).socket())
          .get(path, Map.of("limit", "100"));
    } catch (ConfigurationException wrong) {
      throw new IOException(wrong);
    }
  }

  /** Alpha keeps what Bravo does not take, and tells its operator why. */
  private void awaitKeptAtAlpha(String why) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Object> status = ask(layout.alpha(), "/status");
              assertThat(String.valueOf(status.get("alarms"))).contains("peer-unavailable", why);
              assertThat(status.get("waiting")).isEqualTo(1);
            });
  }
}
