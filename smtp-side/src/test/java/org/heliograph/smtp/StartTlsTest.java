package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's side of RFC 3207. */
class StartTlsTest {
  @TempDir static Path directory;
  private static Certificates certificates;
  private Running running;

  @BeforeAll
  static void keys() throws Exception {
    certificates = Certificates.make(directory);
  }

  @BeforeEach
  void start() throws Exception {
    running = new Running(s -> s.withTls(certificates.server()), SmtpPolicy.closed());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void forgetsEverythingAndGoesOnUnderTls() throws Exception {
    try (Dialogue d = new Dialogue(running.address())) {
      d.expect("220 ").say("EHLO clear.example");
      assertThat(d.reply()).contains("250-STARTTLS");
      d.exchange("MAIL FROM:<a@b.example>", "250 ");
      d.exchange("STARTTLS now", "501 5.5.4");
      d.exchange("STARTTLS", "220 2.0.0").tls(certificates.client());
      d.exchange("RCPT TO:<c@d.example>", "503 5.5.1");
      d.exchange("MAIL FROM:<a@b.example>", "503 5.5.1");
      d.say("EHLO secure.example");
      assertThat(d.reply()).doesNotContain("250-STARTTLS");
      d.exchange("STARTTLS", "503 5.5.1");
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      d.exchange("DATA", "354 ").octets("\r\nx\r\n.\r\n").expect("250 ");
      d.exchange("QUIT", "221 ");
    }
    assertThat(running.envelope().source().tls().orElseThrow()).startsWith("TLSv1.3 TLS_");
    assertThat(running.whole())
        .contains("from secure.example", "with ESMTPS id", "\t(TLSv1.3 TLS_");
  }

  @Test
  void refusesClearTextBehindStartTls() throws Exception {
    try (Dialogue d = running.greeted()) {
      d.octets("STARTTLS\r\nMAIL FROM:<evil@b.example>\r\n");
      d.expect("554 5.5.0").expectEnd();
    }
  }

  @Test
  void endsAConnectionWithoutAHandshakeAndServesTheNext() throws Exception {
    try (Dialogue d = running.greeted()) {
      d.exchange("STARTTLS", "220 ").octets("MAIL FROM:<a@b.example>\r\n");
      try {
        d.expectEnd();
      } catch (AssertionError alert) {
        // a TLS alert is a fine farewell
      }
    }
    try (Dialogue d = running.greeted()) {
      d.exchange("NOOP", "250 ");
    }
  }
}
