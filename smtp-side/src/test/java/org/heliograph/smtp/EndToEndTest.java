package org.heliograph.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.DsnReader;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.Identification;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Outcome;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.junit.jupiter.api.Test;

/** Our client to our server. */
class EndToEndTest {
  private static final RecipientId ONE = new RecipientId(1);

  @Test
  void octetsArriveAsTheyLeft() throws Exception {
    Random random = new Random(42);
    try (Running running = Running.plain();
        Sending sending = Sending.to(running.address().getPort());
        Link link = sending.link()) {
      for (int round = 0; round < 60; round++) {
        String content = lines(random, random.nextInt(round < 50 ? 40 : 4000));
        Outcome outcome = sending.send(link, Sending.to("c@d.example"), content).get(ONE);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        MemoryStore.Accepted last = running.store.accepted().getLast();
        String arrived = new String(running.store.octets(last.draft().content()), ISO_8859_1);
        assertThat(Running.withoutTrace(arrived)).as("round %d", round).isEqualTo(content);
      }
    }
  }

  private static String lines(Random random, int count) {
    StringBuilder all = new StringBuilder("Subject: x\r\n\r\n");
    for (int i = 0; i < count; i++) {
      int dots = random.nextInt(3);
      all.append(".".repeat(dots));
      for (int n = random.nextInt(120); n > 0; n--) {
        all.append((char) (random.nextInt(12) == 0 ? 0xE9 : 0x20 + random.nextInt(0x5F)));
      }
      all.append("\r\n");
    }
    return all.toString();
  }

  @Test
  void whatIsAskedForArrives() throws Exception {
    Envelope sent =
        Sending.from("a@b.example")
            .identification(Identification.none().withEnvelopeId(Optional.of("X=1+2 3")))
            .handling(
                new org.heliograph.model.Handling(
                    java.util.Set.of(),
                    ContentReturn.HEADERS,
                    org.heliograph.model.Handling.BodyType.SEVEN_BIT))
            .precedence(Precedence.IMMEDIATE)
            .recipient(
                Recipient.of(1, Mailbox.parse("\"with space\"@d.example"))
                    .withReportRequest(ReportRequest.of(EnumSet.allOf(ReportRequest.Event.class)))
                    .withOriginalRecipient(
                        Optional.of(new OriginalRecipient("rfc822", "who=x+y@d.example"))))
            .recipient(
                Recipient.of(2, Mailbox.parse("e@f.example"))
                    .withReportRequest(ReportRequest.never()))
            .build();
    try (Running running = Running.plain();
        Sending sending = Sending.to(running.address().getPort())) {
      sending.send(sent, "Subject: x\r\n\r\n");
      Envelope arrived = running.envelope();
      assertThat(arrived.recipients()).isEqualTo(sent.recipients());
      assertThat(arrived.originator()).isEqualTo(sent.originator());
      assertThat(arrived.handling()).isEqualTo(sent.handling());
      assertThat(arrived.precedence()).isEqualTo(sent.precedence());
      assertThat(arrived.identification().envelopeId()).contains("X=1+2 3");
    }
  }

  @Test
  void aReportGoesAsANotificationFromNobody() throws Exception {
    Report report =
        new Report(
            Identification.none(),
            Identification.none().withEnvelopeId(Optional.of("E1")),
            Optional.of(ContentTypes.MAIL),
            EncodedInformationTypes.none(),
            Optional.of(Instant.EPOCH),
            List.of(),
            "me.example",
            Optional.empty(),
            Report.Returned.HEADERS,
            List.of(
                new ReportedRecipient(
                    Mailbox.parse("lost@d.example"),
                    Optional.empty(),
                    1,
                    new ReportedRecipient.Failed(
                        Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "gr\u00fc\u00dfe")
                            .withSmtp(new SmtpCode(550, "5.1.1"))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of())),
            List.of());
    Envelope envelope =
        Envelope.report(
                report, ContentTypes.MAIL, Instant.now(), Source.internal(new ChannelName("queue")))
            .recipient(Recipient.of(1, Mailbox.parse("a@b.example")))
            .build();
    try (Running running = Running.plain();
        Sending sending = Sending.to(running.address().getPort())) {
      Outcome outcome =
          sending.send(envelope, "Message-ID: <m1@b.example>\r\n\r\nsecret\r\n").get(ONE);
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      Envelope arrived = running.envelope();
      assertThat(arrived.originator()).isEmpty();
      assertThat(arrived.recipients().getFirst().reportRequest()).isEqualTo(ReportRequest.never());
      Content content = running.store.open(running.only().draft().content());
      Entity message = MailReader.read(content, MailLimits.DEFAULT);
      DeliveryStatus status = DsnReader.read(message, content).orElseThrow();
      assertThat(status.envelopeId()).contains("E1");
      assertThat(status.originalMessageId()).contains("m1@b.example");
      assertThat(status.recipients().getFirst().action()).isEqualTo(DeliveryStatus.Action.FAILED);
      assertThat(status.recipients().getFirst().status()).isEqualTo("5.1.1");
      assertThat(running.whole()).doesNotContain("secret");
    }
  }
}
