package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.mail.DsnWriter;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.Address;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Correlated;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Reports;
import org.junit.jupiter.api.Test;

/** Delivery status notifications as X.400 reports and back (RFC 2156 5.1.8, 5.3.8). */
class ReportsTest {
  private static final Source SOURCE = Source.internal(new ChannelName("smtp"));
  private static final String ENVID =
      "X400-MTS-Identifier: [/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>-M7.1]";
  private static final MtsIdentifier SUBJECT =
      new MtsIdentifier(
          new GlobalDomain("XX", " ", Optional.of("ALPHA")), "<one@alpha.example>-M7.1");

  private final TestBench bench = new TestBench();

  private static Envelope dsnEnvelope() {
    return Envelope.message(ContentTypes.MAIL, TestBench.NOW, SOURCE)
        .recipient(Recipient.of(1, Mailbox.parse("alice.smith@alpha.example")))
        .build();
  }

  private static byte[] dsn(String envelopeId, String... groups) {
    String text =
        "Date: Tue, 24 Nov 2026 11:00:00 +0000\n"
            + "From: mailer-daemon@mx.bravo.example\nTo: alice.smith@alpha.example\n"
            + "Message-ID: <dsn1@mx.bravo.example>\nMIME-Version: 1.0\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
            + "--r\n\nIt was so.\n\n--r\nContent-Type: message/delivery-status\n\n"
            + (envelopeId.isEmpty() ? "" : "Original-Envelope-Id: " + envelopeId + "\n")
            + "Reporting-MTA: dns; mx.bravo.example\n"
            + "Arrival-Date: Tue, 24 Nov 2026 10:59:00 +0000\n\n"
            + String.join("\n", groups)
            + "\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <one@alpha.example>\n\n"
            + "--r--\n";
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String group(String action, String status, String more) {
    return "Final-Recipient: rfc822; bob.jones@bravo.example\nAction: "
        + action
        + "\nStatus: "
        + status
        + "\n"
        + more;
  }

  private void known(boolean made) {
    Identification names =
        Identification.none()
            .withEnvelopeId(Optional.of(ENVID))
            .withMessageId(Optional.of("one@alpha.example"));
    bench.known.put(
        new UniqueKey(UniqueKey.Scheme.ENVELOPE_ID, ENVID),
        new Correlated(
            new MessageId(5),
            names,
            Optional.of(Mailbox.parse("alice.smith@alpha.example")),
            List.of(Recipient.of(3, Mailbox.parse("bob.jones@bravo.example"))),
            ContentTypes.MAIL,
            made ? Optional.of(new MessageId(4)) : Optional.empty()));
  }

  private Draft shape(byte[] dsn) throws Exception {
    Map<RecipientId, Outcome> outcomes = bench.shape(TestBench.shaper("BRAVO"), dsnEnvelope(), dsn);
    assertThat(outcomes.values()).containsOnly(Outcome.reshaped());
    return bench.made.getFirst();
  }

  @Test
  void deliveredBecomesADeliveryReportAboutWhatWeMade() throws Exception {
    known(true);
    Draft draft = shape(dsn(ENVID, group("delivered", "2.0.0", "")));
    assertThat(bench.made).hasSize(1);
    Envelope e = draft.envelope();
    assertThat(e.kind()).isEqualTo(Envelope.Kind.REPORT);
    assertThat(e.contentType()).isEqualTo(ContentTypes.P22);
    assertThat(e.recipients().getFirst().address().display())
        .isEqualTo("/C=XX/ADMD= /PRMD=ALPHA/S=smith/G=alice/");
    Report report = e.report().orElseThrow();
    assertThat(report.subject().envelopeId()).contains(ENVID);
    assertThat(report.subject().mtsIdentifier()).isEmpty();
    ReportedRecipient r = report.recipients().getFirst();
    assertThat(r.actual().display()).isEqualTo("/C=XX/ADMD= /PRMD=BRAVO/S=jones/G=bob/");
    assertThat(r.originalNumber()).isEqualTo(3);
    assertThat(r.result())
        .isEqualTo(new ReportedRecipient.Delivered(Instant.parse("2026-11-24T10:59:00Z"), 0));
    assertThat(draft.content()).isEqualTo(ContentRef.empty());
    assertThat(draft.origin()).containsEntry(new RecipientId(1), new RecipientId(1));
  }

  @Test
  void failedOnSomethingOfAnotherSwitchTakesItsNameFromEnvidAndReturnsTheDsn() throws Exception {
    Draft draft =
        shape(
            dsn(
                ENVID,
                group(
                    "failed",
                    "5.2.2",
                    """
                    Remote-MTA: dns; mb.bravo.example
                    Diagnostic-Code: smtp; 552 5.2.2 mailbox full
                    """)));
    Report report = draft.envelope().report().orElseThrow();
    assertThat(report.subject().mtsIdentifier()).contains(SUBJECT);
    assertThat(report.returned()).isEqualTo(Report.Returned.DSN);
    assertThat(draft.content().length()).isPositive();
    ReportedRecipient r = report.recipients().getFirst();
    assertThat(r.result())
        .isInstanceOfSatisfying(
            ReportedRecipient.Failed.class,
            f -> {
              assertThat(f.failure().x400()).contains(X400Code.of(1, 4));
              assertThat(f.failure().smtp().orElseThrow().enhanced()).isEqualTo("5.2.2");
            });
    assertThat(r.supplementary().orElseThrow()).contains("552 5.2.2 mailbox full");
    // it is a report that P1 can say
    assertThat(
            new Reports()
                .write(draft.envelope(), Octets.of(bench.store.octets(draft.content())))
                .content()
                .perRecipientFields())
        .hasSize(1);
  }

  @Test
  void delayedAndUnknownSubjectsGoOnAsMessages() throws Exception {
    known(true);
    Draft delayed = shape(dsn(ENVID, group("delayed", "4.4.1", "")));
    assertThat(delayed.envelope().kind()).isEqualTo(Envelope.Kind.MESSAGE);
    assertThat(delayed.envelope().originator()).isPresent();
    assertThat(delayed.envelope().recipients().getFirst().reportRequest().events()).isEmpty();
    bench.made.clear();
    Draft unknown = shape(dsn("", group("failed", "5.1.1", "")));
    assertThat(unknown.envelope().kind()).isEqualTo(Envelope.Kind.MESSAGE);
    bench.made.clear();
    shape(dsn(ENVID, group("failed", "5.1.1", ""), group("relayed", "2.0.0", "")));
    assertThat(bench.made.stream().map(d -> d.envelope().kind()))
        .containsExactly(Envelope.Kind.REPORT, Envelope.Kind.MESSAGE);
  }

  private static Envelope x400Report(
      Address destination, Address actual, Optional<OriginalRecipient> original, boolean failed) {
    ReportedRecipient r =
        new ReportedRecipient(
            actual,
            original,
            1,
            failed
                ? new ReportedRecipient.Failed(
                    Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "no such user")
                        .withX400(X400Code.UNRECOGNISED_OR_NAME))
                : new ReportedRecipient.Delivered(TestBench.NOW, 1),
            Optional.of(TestBench.NOW),
            Optional.empty(),
            Optional.of("extra"),
            Optional.empty(),
            List.of());
    Report report =
        new Report(
            Identification.none().withMtsIdentifier(SUBJECT),
            Identification.none()
                .withMtsIdentifier(SUBJECT)
                .withContentCorrelator(
                    Optional.of(
                        Correlators.of(
                            org.heliograph.mail.Header.empty(), Optional.of("QQ314159")))),
            Optional.of(ContentTypes.P22),
            EncodedInformationTypes.none(),
            Optional.of(TestBench.NOW),
            List.of(),
            "bravo-mta",
            Optional.of(new GlobalDomain("XX", " ", Optional.of("BRAVO"))),
            Report.Returned.NOTHING,
            List.of(r),
            List.of());
    return Envelope.report(report, ContentTypes.P22, TestBench.NOW, SOURCE)
        .recipient(Recipient.of(1, destination))
        .build();
  }

  private String written(Envelope envelope) throws Exception {
    Map<RecipientId, Outcome> outcomes =
        bench.shape(TestBench.shaper("ALPHA"), envelope, ContentRef.empty());
    assertThat(outcomes.values()).containsOnly(Outcome.reshaped());
    Draft draft = bench.made.getLast();
    assertThat(draft.envelope().contentType()).isEqualTo(ContentTypes.MAIL);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DsnWriter("alpha.example", CodeTables::withSmtp)
        .write(draft.envelope(), bench.store.open(draft.content()), MailWriter.boundary(), out);
    return out.toString(StandardCharsets.UTF_8).replaceAll("\r\n[ \t]+", " ");
  }

  @Test
  void aNonDeliveryReportBecomesAFailedDsn() throws Exception {
    OrAddress bob = StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/");
    OrAddress alice = StdOr.parse("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/");
    String text = written(x400Report(alice, bob, Optional.empty(), true));
    assertThat(text)
        .contains("To: alice.smith@alpha.example")
        .contains("Original-Envelope-Id: QQ314159")
        .contains("Reporting-MTA: x400; MTA bravo-mta in /PRMD=BRAVO/ADMD= /C=XX/")
        .contains("DSN-Gateway: dns; alpha.example")
        .contains("Original-Recipient: rfc822; bob.jones@bravo.example")
        .contains("Final-Recipient: x400; ")
        .contains("Action: failed\r\n")
        .contains("Status: 5.1.1")
        .contains("Diagnostic-Code: x400; Reason 1 (Unable-To-Transfer); Diagnostic 0")
        .contains("X400-Supplementary-Info: \"extra\"");
  }

  @Test
  void whereARecipientWasRedirectedTheTwoFieldsChangePlaces() throws Exception {
    OrAddress alice = StdOr.parse("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/");
    OrAddress other = StdOr.parse("/G=carol/S=white/PRMD=BRAVO/ADMD= /C=XX/");
    String text =
        written(
            x400Report(
                alice,
                other,
                Optional.of(
                    new OriginalRecipient("x400", "/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/")),
                false));
    assertThat(text)
        .contains("Original-Recipient: x400; /G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/")
        .contains("Final-Recipient: rfc822; bob.jones@bravo.example")
        .contains("Action: delivered");
  }

  @Test
  void aReportInMailsWordsBecomesOneThatP1CanSay() throws Exception {
    Envelope mail =
        x400Report(
                Mailbox.parse("alice.smith@alpha.example"),
                Mailbox.parse("bob.jones@bravo.example"),
                Optional.empty(),
                true)
            .change()
            .contentType(ContentTypes.MAIL)
            .build();
    Map<RecipientId, Outcome> outcomes =
        bench.shape(TestBench.shaper("BRAVO"), mail, ContentRef.empty());
    assertThat(outcomes.values()).containsOnly(Outcome.reshaped());
    Draft draft = bench.made.getLast();
    assertThat(draft.envelope().contentType()).isEqualTo(ContentTypes.P22);
    assertThat(new Reports().write(draft.envelope(), Octets.empty()).content().perRecipientFields())
        .hasSize(1);
  }
}
