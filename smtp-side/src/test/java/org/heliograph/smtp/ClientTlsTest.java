package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.RecipientId;
import org.heliograph.smtp.SmtpPeerSettings.TlsPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's side of RFC 3207. */
class ClientTlsTest {
  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void keys() throws Exception {
    certificates = Certificates.make(directory);
  }

  private static SmtpPeerSettings required(SmtpPeerSettings s) {
    return s.withTls(TlsPolicy.REQUIRED, certificates.client(), true);
  }

  @Test
  void sendsUnderTlsToAServerWhoseNameIsProven() throws Exception {
    try (Running running = new Running(s -> s.withTls(certificates.server()), SmtpPolicy.closed());
        Sending sending = new Sending(running.address().getPort(), ClientTlsTest::required)) {
      assertThat(sending.send(Sending.to("c@d.example"), "x\r\n").get(new RecipientId(1)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(running.envelope().source().tls().orElseThrow()).startsWith("TLSv1.3");
    }
  }

  @Test
  void sendsNothingToAServerOfAnotherName() throws Exception {
    try (Running running = new Running(s -> s.withTls(certificates.server()), SmtpPolicy.closed());
        Sending sending =
            new Sending(
                running.address().getPort(),
                s ->
                    required(
                        SmtpPeerSettings.at("127.0.0.1", s.port(), s.greeting())
                            .withTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5))))) {
      assertThatThrownBy(sending::link)
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("certificate_unknown");
      assertThat(running.store.accepted()).isEmpty();
    }
  }

  @Test
  void sendsNothingInTheClearWhereTlsIsRequired() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> peer.greet("SIZE").on("<end>"),
                peer -> peer.greet("STARTTLS").on("STARTTLS", "454 4.7.0 no").on("<end>"));
        Sending sending = new Sending(server.port(), ClientTlsTest::required)) {
      assertThatThrownBy(sending::link)
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("does not offer STARTTLS");
      assertThatThrownBy(sending::link)
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("454 4.7.0 no");
      server.played();
    }
  }

  @Test
  void takesTheOpportunityAndGoesOnInTheClearWithoutIt() throws Exception {
    try (Running running = new Running(s -> s.withTls(certificates.server()), SmtpPolicy.closed());
        Sending sending =
            new Sending(running.address().getPort(), SmtpPeerSettings::withOpportunisticTls)) {
      sending.send(Sending.to("c@d.example"), "x\r\n");
      assertThat(running.envelope().source().tls()).isPresent();
    }
    try (Scripted server =
            new Scripted(
                peer -> peer.greet("STARTTLS").on("STARTTLS", "220 go").say("this is no TLS"),
                peer -> {
                  peer.greet("STARTTLS").on("MAIL", "250 ok").on("RCPT", "250 ok");
                  peer.on("DATA", "354 go").message();
                  peer.say("250 ok");
                });
        Sending sending = new Sending(server.port(), SmtpPeerSettings::withOpportunisticTls)) {
      assertThat(sending.send(Sending.to("c@d.example"), "x\r\n").get(new RecipientId(1)))
          .isInstanceOf(Outcome.Done.class);
      server.played();
    }
  }

  @Test
  void refusesAnAnswerSmuggledInTheClear() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> peer.greet("STARTTLS").on("STARTTLS", "220 go\r\n250-evil\r\n250 DSN"));
        Sending sending = new Sending(server.port(), ClientTlsTest::required)) {
      assertThatThrownBy(sending::link)
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("clear text");
    }
  }
}
