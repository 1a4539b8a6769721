package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x411.IntendedRecipientName;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.OriginatorAndDLExpansion;
import org.heliograph.asn1.x411.OriginatorAndDLExpansionHistory;
import org.heliograph.asn1.x411.Redirection;
import org.heliograph.asn1.x411.RedirectionHistory;
import org.heliograph.asn1.x411.RedirectionReason;
import org.heliograph.asn1.x411.X411;
import org.heliograph.mail.DsnReader;
import org.heliograph.mail.DsnWriter;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Domains;
import org.heliograph.x400.OrNames;
import org.heliograph.x400.Reports;
import org.junit.jupiter.api.Test;

/** RFC 2156 5.3.8: all that an X.400 report says is in the notification; 5.1.8.2 and 5.3.9. */
class ReportFieldsTest {
  private static final Source SOURCE = Source.internal(new ChannelName("p1"));
  private static final GlobalDomain BRAVO = new GlobalDomain("XX", " ", Optional.of("BRAVO"));

  private final TestBench bench = new TestBench();

  private static Extension standard(long number, byte[] value) {
    return new Extension(new Extension.Standard((int) number), Set.of(), Bytes.of(value));
  }

  private static ORName name(String address) throws Exception {
    return OrNames.name(StdOr.parse(address));
  }

  private static Envelope report() throws Exception {
    OrAddress eve = StdOr.parse("/G=eve/S=black/PRMD=BRAVO/ADMD= /C=XX/");
    ReportedRecipient redirected =
        new ReportedRecipient(
            eve,
            Optional.of(new OriginalRecipient("x400", "/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/")),
            2,
            new ReportedRecipient.Delivered(Instant.parse("2026-11-24T10:59:00Z"), 1),
            Optional.empty(),
            Optional.empty(),
            Optional.of("printed"),
            Optional.of(new EncodedInformationTypes(Set.of(2), List.of())),
            List.of(
                standard(
                    X411.REDIRECTION_HISTORY,
                    RedirectionHistory.CODEC.encodeToArray(
                        List.of(
                            new Redirection(
                                new IntendedRecipientName(
                                    name("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/"),
                                    new Time(false, "261124105800Z")),
                                RedirectionReason.ALIAS)))),
                standard(
                    X411.PHYSICAL_FORWARDING_ADDRESS,
                    ORName.CODEC.encodeToArray(name("/S=post/PRMD=BRAVO/ADMD= /C=XX/"))),
                standard(X411.PROOF_OF_DELIVERY, new byte[] {5, 0})));
    ReportedRecipient failed =
        new ReportedRecipient(
            StdOr.parse("/G=dave/S=white/PRMD=BRAVO/ADMD= /C=XX/"),
            Optional.empty(),
            3,
            new ReportedRecipient.Failed(
                Failure.of(Failure.Cause.TOO_LARGE, "too large")
                    .withX400(new X400Code(1, OptionalInt.of(7)))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    Report report =
        new Report(
            Identification.none()
                .withMtsIdentifier(Domains.parseMtsIdentifier("[/PRMD=BRAVO/ADMD= /C=XX/;R1]")),
            Identification.none()
                .withMtsIdentifier(Domains.parseMtsIdentifier("[/PRMD=ALPHA/ADMD= /C=XX/;S1]"))
                .withContentIdentifier(Optional.of("Greetings."))
                .withContentCorrelator(
                    Optional.of(
                        Correlators.of(
                            org.heliograph.mail.Header.empty()
                                .with(org.heliograph.mail.HeaderField.of("Subject", "Greetings.")),
                            Optional.empty()))),
            Optional.of(ContentTypes.P22),
            new EncodedInformationTypes(Set.of(2, 3), List.of()),
            Optional.of(Instant.parse("2026-11-24T10:50:00Z")),
            List.of(
                TraceElement.relayed(
                    BRAVO,
                    Optional.empty(),
                    Instant.parse("2026-11-24T10:49:00Z").atOffset(java.time.ZoneOffset.UTC))),
            "bravo-mta",
            Optional.of(BRAVO),
            Report.Returned.NOTHING,
            List.of(redirected, failed),
            List.of(
                standard(
                    X411.ORIGINATOR_AND_DL_EXPANSION_HISTORY,
                    OriginatorAndDLExpansionHistory.CODEC.encodeToArray(
                        List.of(
                            new OriginatorAndDLExpansion(
                                name("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/"),
                                new Time(false, "261124104800Z")),
                            new OriginatorAndDLExpansion(
                                name("/S=list/PRMD=BRAVO/ADMD= /C=XX/"),
                                new Time(false, "261124104900Z"))))),
                standard(
                    X411.REPORTING_DL_NAME,
                    ORName.CODEC.encodeToArray(name("/S=list/PRMD=BRAVO/ADMD= /C=XX/"))),
                standard(99, new byte[] {5, 0})));
    return Envelope.report(report, ContentTypes.P22, TestBench.NOW, SOURCE)
        .recipient(Recipient.of(1, StdOr.parse("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/")))
        .identification(report.identification())
        .trace(
            List.of(
                TraceElement.relayed(
                    BRAVO,
                    Optional.empty(),
                    Instant.parse("2026-11-24T11:00:00Z").atOffset(java.time.ZoneOffset.UTC))))
        .build();
  }

  private byte[] written(Envelope envelope) throws Exception {
    assertThat(bench.shape(TestBench.shaper("ALPHA"), envelope, ContentRef.empty()).values())
        .containsOnly(Outcome.reshaped());
    Draft draft = bench.made.getLast();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DsnWriter("alpha.example", CodeTables::withSmtp)
        .write(draft.envelope(), bench.store.open(draft.content()), MailWriter.boundary(), out);
    return out.toByteArray();
  }

  @Test
  void everyFieldOfTheStandardIsThere() throws Exception {
    String text =
        new String(written(report()), StandardCharsets.UTF_8).replaceAll("\r\n[ \t]+", " ");
    assertThat(text.split("\r\n"))
        .contains(
            "X400-Received: by /PRMD=BRAVO/ADMD= /C=XX/; Relayed; Tue, 24 Nov 2026 11:00:00 +0000",
            "Date: Tue, 24 Nov 2026 11:00:00 +0000",
            "Subject: Delivery-Report (success and failures)",
            "Message-Type: Delivery Report",
            "X400-MTS-Identifier: [/PRMD=BRAVO/ADMD= /C=XX/;R1]",
            "Original-Envelope-Id: [/PRMD=ALPHA/ADMD= /C=XX/;S1]",
            "X400-Conversion-Date: Wed, 25 Nov 2026 12:00:00 +0000",
            "X400-Content-Identifier: Greetings.",
            "X400-Content-Type: P2-1988 (22)",
            "X400-Original-Encoded-Information-Types: IA5-Text, G3-Fax",
            "X400-Content-Correlator: Subject: Greetings.",
            "X400-Subject-Intermediate-Trace-Information: by /PRMD=BRAVO/ADMD= /C=XX/; Relayed;"
                + " Tue, 24 Nov 2026 10:49:00 +0000",
            "X400-Originator-and-DL-Expansion-History: list@bravo.example;"
                + " Tue, 24 Nov 2026 10:49:00 +0000;",
            "X400-Originator-and-DL-Expansion-History: alice.smith@alpha.example;"
                + " Tue, 24 Nov 2026 10:48:00 +0000;",
            "X400-Reporting-DL-Name: list@bravo.example",
            "X400-Discarded-DR-Extensions: (99)",
            "Original-Recipient: x400; /G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/",
            "Final-Recipient: rfc822; bob.jones@bravo.example",
            "X400-Redirect-Recipient: x400; /G=eve/S=black/PRMD=BRAVO/ADMD= /C=XX/",
            "X400-Mapped-Redirect-Recipient: rfc822; eve.black@bravo.example",
            "X400-Converted-EITs: IA5-Text;",
            "X400-Delivery-Time: Tue, 24 Nov 2026 10:59:00 +0000",
            "X400-Type-of-MTS-User: private (1)",
            "X400-Redirection-History: intended recipient bob.jones@bravo.example"
                + " redirected to Alias on Tue, 24 Nov 2026 10:58:00 +0000",
            "X400-Physical-Forwarding-Address: post@bravo.example",
            "X400-Discarded-DR-Extensions: (29)",
            "X400-Supplementary-Info: \"printed\"",
            "X400-Originally-Specified-Recipient-Number: 2",
            "Final-Recipient: x400; /G=dave/S=white/PRMD=BRAVO/ADMD= /C=XX/",
            "Original-Recipient: rfc822; dave.white@bravo.example",
            "Diagnostic-Code: x400; Reason 1 (Unable-To-Transfer); Diagnostic 7 (too large)",
            "Status: 5.2.3",
            "X400-Last-Trace: Tue, 24 Nov 2026 10:50:00 +0000");
    assertThat(text).containsOnlyOnce("\r\nDate: Tue").containsOnlyOnce("\r\nSubject: ");
  }

  @Test
  void aProgramReadsIt() throws Exception {
    ContentRef ref = bench.store.put(written(report()));
    var status =
        DsnReader.read(
                MailReader.read(bench.store.open(ref), MailLimits.DEFAULT), bench.store.open(ref))
            .orElseThrow();
    assertThat(status.recipients()).hasSize(2);
    assertThat(status.fields().body("X400-Reporting-DL-Name")).contains("list@bravo.example");
    assertThat(status.recipients().getFirst().fields().body("X400-Type-of-MTS-User"))
        .contains("private (1)");
  }

  @Test
  void fieldsOfANotificationCrossInItsExtensionsAndComeBack() throws Exception {
    String dsn =
        """
        From: mailer-daemon@mx.bravo.example
        Subject: Returned mail
        Message-ID: <dsn1@mx.bravo.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=r

        --r

        It was so.

        --r
        Content-Type: message/delivery-status

        Original-Envelope-Id: X400-MTS-Identifier: [/PRMD=ALPHA/ADMD= /C=XX/;S1]
        Reporting-MTA: dns; mx.bravo.example
        X-Extra: of the message

        Final-Recipient: rfc822; bob.jones@bravo.example
        Action: delivered
        Status: 2.1.5
        X-More: of the recipient

        --r--
        """;
    Envelope envelope =
        RoundTripTest.envelope()
            .change()
            .originator(Optional.empty())
            .recipients(List.of(Recipient.of(1, Mailbox.parse("alice.smith@alpha.example"))))
            .build();
    bench.shape(
        TestBench.shaper("BRAVO"),
        envelope,
        dsn.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    Envelope made = bench.made.getLast().envelope();
    assertThat(made.kind()).isEqualTo(Envelope.Kind.REPORT);
    // through the octets of P1
    var apdu = new Reports().write(made, Octets.empty());
    Envelope read = new Reports().read(apdu, TestBench.NOW, SOURCE);
    Report report = read.report().orElseThrow();
    assertThat(DsnLists.read(DsnLists.HEADER, report.extensions()))
        .extracting(f -> f.line())
        .contains("Subject: Returned mail");
    assertThat(DsnLists.read(DsnLists.FIELDS, report.extensions()))
        .extracting(f -> f.line())
        .contains("X-Extra: of the message");
    String text = new String(written(read), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\r\nX-Extra: of the message\r\n")
        .contains("\r\nX-More: of the recipient\r\n")
        .containsOnlyOnce("\r\nReporting-MTA: ");
  }

  @Test
  void aProbeIsAnsweredByTheGateway() throws Exception {
    Envelope probe =
        HostileInputTest.x400(ContentTypes.P22)
            .change()
            .kind(Envelope.Kind.PROBE)
            .recipients(
                List.of(
                    Recipient.of(1, StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/")),
                    Recipient.of(
                        2,
                        new OrAddress(
                            List.of(
                                org.heliograph.model.OrAttribute.of(
                                    org.heliograph.model.OrAttribute.Type.COUNTRY, "XX"),
                                new org.heliograph.model.OrAttribute(
                                    org.heliograph.model.OrAttribute.Type.COMMON_NAME,
                                    org.heliograph.model.OrAttribute.Form.UNIVERSAL,
                                    "",
                                    "\u4e2d"))))))
            .build();
    Map<RecipientId, Outcome> outcomes =
        bench.shape(TestBench.shaper("ALPHA"), probe, ContentRef.empty());
    assertThat(outcomes.get(new RecipientId(1)))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            d -> {
              assertThat(d.kind()).isEqualTo(Outcome.DoneKind.DELIVERED);
              assertThat(d.reply().orElseThrow()).contains("serviced by the gateway");
            });
    assertThat(outcomes.get(new RecipientId(2))).isInstanceOf(Outcome.Failed.class);
    assertThat(bench.made).isEmpty();
  }
}
