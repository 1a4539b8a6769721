package org.heliograph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.X400Code;
import org.junit.jupiter.api.Test;

/** RFC 3464: what is written to the letter, and what is read back of it. */
class DsnTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String MESSAGE =
      "Subject: hello\r\nMessage-ID: <one@a.test>\r\n\r\nbody\r\n";

  private static ReportedRecipient recipient(String mailbox, ReportedRecipient.Result result) {
    return new ReportedRecipient(
        Mailbox.parse(mailbox),
        Optional.of(new OriginalRecipient("rfc822", "asked+for@b.test")),
        1,
        result,
        Optional.of(NOON),
        Optional.of("mx.b.test"),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Report report(Report.Returned returned, ReportedRecipient... recipients) {
    return new Report(
        Identification.none().withMessageId(Optional.of("dsn.1@alpha.test")),
        Identification.none()
            .withMessageId(Optional.of("one@a.test"))
            .withEnvelopeId(Optional.of("QQ314159")),
        Optional.of(ContentTypes.MAIL),
        EncodedInformationTypes.none(),
        Optional.of(NOON.minusSeconds(60)),
        List.of(),
        "alpha.test",
        Optional.empty(),
        returned,
        List.of(recipients),
        List.of());
  }

  private static byte[] write(Report report, ContentType type, byte[] returned) throws Exception {
    Envelope envelope =
        Envelope.report(report, type, NOON, Source.internal(new ChannelName("queue")))
            .recipient(Recipient.of(1, Mailbox.parse("sender@a.test")))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DsnWriter("alpha.test").write(envelope, Stored.content(returned), "=_b", out);
    return out.toByteArray();
  }

  private static byte[] message() {
    return MESSAGE.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aDeliveryToTheLetter() throws Exception {
    Report report =
        report(
            Report.Returned.HEADERS,
            recipient("user@b.test", new ReportedRecipient.Delivered(NOON, 1)));
    assertThat(new String(write(report, ContentTypes.MAIL, message()), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            Date: Tue, 24 Nov 2026 12:00:00 +0000
            From: Mail Delivery System <mailer-daemon@alpha.test>
            To: sender@a.test
            Message-ID: <dsn.1@alpha.test>
            In-Reply-To: <one@a.test>
            Subject: Delivery report: delivered
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

            This is a delivery status notification in MIME format.

            --=_b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            The mail system at alpha.test reports about your message <one@a.test>:

              asked+for@b.test
                was delivered.

            --=_b
            Content-Type: message/delivery-status

            Original-Envelope-Id: QQ314159
            Reporting-MTA: dns; alpha.test
            Arrival-Date: Tue, 24 Nov 2026 11:59:00 +0000

            Original-Recipient: rfc822; asked+for@b.test
            Final-Recipient: rfc822; user@b.test
            Action: delivered
            Status: 2.0.0
            Remote-MTA: dns; mx.b.test
            Last-Attempt-Date: Tue, 24 Nov 2026 12:00:00 +0000

            --=_b
            Content-Type: text/rfc822-headers

            Subject: hello
            Message-ID: <one@a.test>

            --=_b--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void whatIsWrittenReadsBack() throws Exception {
    Failure failure =
        Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "no such user")
            .withSmtp(new SmtpCode(550, "5.1.1"))
            .withRemote("550 5.1.1 no such user");
    Report report =
        report(
            Report.Returned.CONTENT,
            recipient("a@b.test", new ReportedRecipient.Failed(failure)),
            recipient(
                "c@b.test",
                new ReportedRecipient.Delayed(
                    Failure.of(Failure.Cause.PEER_UNAVAILABLE, "no answer"), Optional.of(NOON))),
            recipient("d@b.test", new ReportedRecipient.Relayed(NOON)),
            recipient("e@b.test", new ReportedRecipient.Expanded(NOON)));
    Content content = Stored.content(write(report, ContentTypes.MAIL, message()));
    Entity entity = MailReader.read(content, MailLimits.DEFAULT);
    DeliveryStatus status = DsnReader.read(entity, content).orElseThrow();
    assertThat(status.envelopeId()).contains("QQ314159");
    assertThat(status.originalMessageId()).contains("one@a.test");
    assertThat(status.reportingMta()).isEqualTo("alpha.test");
    assertThat(status.recipients())
        .extracting(r -> r.action() + " " + r.status())
        .containsExactly("FAILED 5.1.1", "DELAYED 4.4.1", "RELAYED 2.0.0", "EXPANDED 2.0.0");
    assertThat(status.recipients().getFirst().diagnostic())
        .contains(new DeliveryStatus.Typed("smtp", "550 5.1.1 no such user"));
    assertThat(status.recipients().getFirst().original())
        .contains(new DeliveryStatus.Typed("rfc822", "asked+for@b.test"));
    assertThat(Stored.text(entity.parts().get(2).decoded(content))).isEqualTo(MESSAGE);
  }

  @Test
  void anX400FailureSaysReasonAndDiagnostic() throws Exception {
    Failure failure =
        Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "unrecognised O/R name")
            .withX400(X400Code.UNRECOGNISED_OR_NAME);
    byte[] dsn =
        write(
            report(
                Report.Returned.CONTENT,
                recipient("a@b.test", new ReportedRecipient.Failed(failure))),
            ContentTypes.P22,
            new byte[] {1, 2, 3});
    assertThat(new String(dsn, StandardCharsets.UTF_8))
        .contains("Status: 5.1.1\r\n")
        .contains("Diagnostic-Code: x400; Reason 1; Diagnostic 0 (unrecognised O/R name)\r\n")
        .contains("application/x400-content; content-type=22\r\n")
        .contains("\r\nAQID\r\n");
  }

  @Test
  void textOfOthersCannotAddFields() throws Exception {
    Failure failure =
        Failure.of(Failure.Cause.REFUSED_BY_PEER, "no\r\nAction: delivered")
            .withRemote("550 no\r\n\r\nAction: delivered");
    byte[] dsn =
        write(
            report(
                Report.Returned.NOTHING,
                recipient("a@b.test", new ReportedRecipient.Failed(failure))),
            ContentTypes.MAIL,
            new byte[0]);
    assertThat(new String(dsn, StandardCharsets.UTF_8)).doesNotContain("\nAction: delivered");
  }

  @Test
  void otherMailIsNoNotificationAndABrokenOneIsRefused() throws Exception {
    Content plain = Stored.content("Subject: x\n\nhello");
    assertThat(DsnReader.read(MailReader.read(plain, MailLimits.DEFAULT), plain)).isEmpty();
    Content broken =
        Stored.content(
            """
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; x
            --b--
            """);
    assertThatThrownBy(() -> DsnReader.read(MailReader.read(broken, MailLimits.DEFAULT), broken))
        .isInstanceOf(MailSyntaxException.class)
        .hasMessageContaining("RFC 3464");
  }
}
