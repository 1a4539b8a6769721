package org.heliograph.mixer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x420.AcknowledgmentMode;
import org.heliograph.asn1.x420.DiscardReason;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.NonReceiptFields;
import org.heliograph.asn1.x420.NonReceiptReason;
import org.heliograph.asn1.x420.NotificationFields;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.ReceiptFields;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.x400.OrNames;
import org.junit.jupiter.api.Test;

/** Notifications of both worlds (RFC 2156 5.3.5, RFC 8098), and what asks for them. */
class NotificationsTest {
  private final TestBench bravo = new TestBench();
  private final TestBench alpha = new TestBench();

  private static final String MDN =
      """
      From: Bob <bob.jones@bravo.example>
      To: alice.smith@alpha.example
      Date: Tue, 24 Nov 2026 11:00:00 +0100
      Subject: Read: hello
      Message-ID: <mdn1@bravo.example>
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=disposition-notification;
       boundary="m"

      --m

      Bob read it.

      --m
      Content-Type: message/disposition-notification

      Reporting-UA: desk; Reader
      Final-Recipient: rfc822; bob.jones@bravo.example
      Original-Message-ID: <"562*/S=Linnimouth/PRMD=ALPHA/ADMD= /C=XX/"@MHS>
      Disposition: manual-action/MDN-sent-manually; displayed

      --m
      Content-Type: text/rfc822-headers

      Subject: hello

      --m--
      """;

  private Draft fromMail(TestBench bench, String prmd, String mail) throws Exception {
    Envelope envelope =
        RoundTripTest.envelope()
            .change()
            .originator(Optional.empty())
            .recipients(List.of(Recipient.of(1, Mailbox.parse("alice.smith@alpha.example"))))
            .build();
    return shape(bench, prmd, envelope, mail.replace("\n", "\r\n"));
  }

  private static Draft shape(TestBench bench, String prmd, Envelope envelope, String content)
      throws Exception {
    assertThat(
            bench
                .shape(
                    TestBench.shaper(prmd), envelope, content.getBytes(StandardCharsets.ISO_8859_1))
                .values())
        .containsOnly(Outcome.reshaped());
    return bench.made.getLast();
  }

  private static IPN ipn(TestBench bench, Draft draft) throws Exception {
    byte[] octets = bench.store.octets(draft.content());
    return draft.envelope().contentType().equals(ContentTypes.P772)
        ? ((org.heliograph.asn1.p772.InformationObject.Mn)
                org.heliograph.asn1.p772.InformationObject.CODEC.decode(octets))
            .value()
        : ((InformationObject.Ipn) InformationObject.CODEC.decode(octets)).value();
  }

  private static String text(TestBench bench, Draft draft) {
    return new String(bench.store.octets(draft.content()), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aDispositionNotificationBecomesAReceiptAndComesBackAsItWas() throws Exception {
    Draft x400 = fromMail(bravo, "BRAVO", MDN);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P22);
    assertThat(x400.envelope().originator().orElseThrow().display())
        .isEqualTo("/C=XX/ADMD= /PRMD=BRAVO/S=jones/G=bob/");
    assertThat(x400.envelope().recipients().getFirst().reportRequest())
        .isEqualTo(ReportRequest.never());
    IPN ipn = ipn(bravo, x400);
    assertThat(ipn.subjectIpm().userRelativeIdentifier().toString()).isEqualTo("562");
    assertThat(OrNames.read(requireNonNull(ipn.subjectIpm().user())).display())
        .isEqualTo("/C=XX/ADMD= /PRMD=ALPHA/S=Linnimouth/");
    assertThat(((NotificationFields.ReceiptFields) ipn.choice()).value())
        .isEqualTo(
            new ReceiptFields(
                new Time(false, "261124100000Z"), AcknowledgmentMode.MANUAL, null, null));
    Draft mail = shape(alpha, "ALPHA", x400.envelope(), text(bravo, x400));
    assertThat(mail.envelope().originator()).isEmpty();
    String back = text(alpha, mail);
    String body = MDN.replace("\n", "\r\n");
    assertThat(back)
        .endsWith(body.substring(body.indexOf("\r\n\r\n")))
        .contains("\r\nSubject: Read: hello\r\n")
        .contains("\r\nMessage-ID: <mdn1@bravo.example>\r\n")
        .contains("\r\nFrom: Bob <bob.jones@bravo.example>\r\n")
        .containsOnlyOnce("\r\nDate: ")
        .containsOnlyOnce("\r\nTo: ");
    assertThat(mail.envelope().identification().messageId()).contains("mdn1@bravo.example");
  }

  @Test
  void whatHasNoNotificationInX400GoesAsAMessage() throws Exception {
    for (String other :
        List.of(
            MDN.replace("; displayed", "; displayed/error"),
            MDN.replace("; displayed", "; denied"),
            MDN.replace("Original-Message-ID", "X-Nothing"),
            MDN.replace("Bob read it.", "long line\n".repeat(5000)))) {
      byte[] octets = bravo.store.octets(fromMail(bravo, "BRAVO", other).content());
      assertThat(InformationObject.CODEC.decode(octets)).isInstanceOf(InformationObject.Ipm.class);
    }
  }

  @Test
  void deletedAndDispatchedBecomeNonReceipts() throws Exception {
    IPN deleted = ipn(bravo, fromMail(bravo, "BRAVO", MDN.replace("displayed", "deleted")));
    assertThat(((NotificationFields.NonReceiptFields) deleted.choice()).value().nonReceiptReason())
        .isEqualTo(NonReceiptReason.IPM_DISCARDED);
    IPN sent = ipn(bravo, fromMail(bravo, "BRAVO", MDN.replace("displayed", "dispatched")));
    assertThat(((NotificationFields.NonReceiptFields) sent.choice()).value().nonReceiptReason())
        .isEqualTo(NonReceiptReason.IPM_AUTO_FORWARDED);
  }

  private static ORDescriptor descriptor(String address) throws Exception {
    return new ORDescriptor(OrNames.name(StdOr.parse(address)), null, null);
  }

  private static IPN.Builder notification() throws Exception {
    return IPN.builder()
        .subjectIpm(
            new IPMIdentifier(
                OrNames.name(StdOr.parse("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/")),
                Text.printable("one(a)alpha.example")))
        .ipnOriginator(descriptor("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/"));
  }

  private Draft toMail(ContentType type, IPN ipn) throws Exception {
    byte[] content =
        type.equals(ContentTypes.P772)
            ? org.heliograph.asn1.p772.InformationObject.CODEC.encodeToArray(
                new org.heliograph.asn1.p772.InformationObject.Mn(ipn))
            : InformationObject.CODEC.encodeToArray(new InformationObject.Ipn(ipn));
    Envelope envelope =
        HostileInputTest.x400(type)
            .change()
            .originator(StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/"))
            .recipients(
                List.of(Recipient.of(1, StdOr.parse("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/"))))
            .build();
    return shape(bravo, "BRAVO", envelope, new String(content, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aReceiptBecomesTextAndADispositionNotificationAndComesBackEqual() throws Exception {
    IPN ipn =
        notification()
            .ipmIntendedRecipient(descriptor("/S=staff/PRMD=BRAVO/ADMD= /C=XX/"))
            .choice(
                new NotificationFields.ReceiptFields(
                    new ReceiptFields(
                        new Time(false, "2611241000Z"),
                        AcknowledgmentMode.AUTOMATIC,
                        Text.printable("thanks"),
                        null)))
            .build();
    Draft mail = toMail(ContentTypes.P772, ipn);
    assertThat(mail.envelope().originator()).isEmpty();
    assertThat(mail.envelope().recipients().getFirst().reportRequest())
        .isEqualTo(ReportRequest.never());
    assertThat(text(bravo, mail))
        .contains("\r\nTo: alice.smith@alpha.example\r\n")
        .contains("\r\nSubject: X.400 Inter-Personal Notification\r\n")
        .contains("report-type=disposition-notification")
        .contains("\r\nYour message to: staff@bravo=2Eexample\r\n")
        .contains("\r\nOriginal-Recipient: rfc822; staff@bravo.example\r\n")
        .contains("\r\nFinal-Recipient: rfc822; bob.jones@bravo.example\r\n")
        .contains("\r\nOriginal-Message-ID: <one@alpha.example>\r\n")
        .contains("\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n");
    Draft back = shape(alpha, "ALPHA", mail.envelope(), text(bravo, mail));
    assertThat(back.envelope().contentType()).isEqualTo(ContentTypes.P772);
    assertThat(ipn(alpha, back)).isEqualTo(ipn);
  }

  @Test
  void aNonReceiptReturnsItsMessage() throws Exception {
    IPM returned =
        new IPM(
            org.heliograph.asn1.x420.Heading.builder()
                .thisIPM(new IPMIdentifier(null, Text.printable("one(a)alpha.example")))
                .originator(descriptor("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/"))
                .subject(Text.Kind.TELETEX.of("Hello"))
                .build(),
            List.of());
    IPN ipn =
        notification()
            .choice(
                new NotificationFields.NonReceiptFields(
                    new NonReceiptFields(
                        NonReceiptReason.IPM_DISCARDED,
                        DiscardReason.IPM_EXPIRED,
                        null,
                        returned,
                        null)))
            .build();
    Draft mail = toMail(ContentTypes.P22, ipn);
    assertThat(text(bravo, mail))
        .contains("message/rfc822")
        .contains("\r\nSubject: Hello\r\n")
        .contains("; deleted\r\n");
    IPN back = ipn(alpha, shape(alpha, "ALPHA", mail.envelope(), text(bravo, mail)));
    NonReceiptFields fields = ((NotificationFields.NonReceiptFields) back.choice()).value();
    assertThat(fields.discardReason()).isEqualTo(DiscardReason.IPM_EXPIRED);
    assertThat(requireNonNull(fields.returnedIpm()).heading().subject())
        .isEqualTo(returned.heading().subject());
    // somebody made another disposition of it: what people see counts
    String edited = text(bravo, mail).replace("; deleted", "; displayed");
    assertThat(ipn(alpha, shape(alpha, "ALPHA", mail.envelope(), edited)).choice())
        .isInstanceOf(NotificationFields.ReceiptFields.class);
  }

  @Test
  void askingForANotification() throws Exception {
    String header =
        """
        From: Alice <alice.smith@alpha.example>
        To: bob.jones@bravo.example
        Cc: eve@bravo.example
        Message-ID: <one@alpha.example>
        """;
    Envelope mail = RoundTripTest.envelope();
    String asks = header + "Disposition-Notification-To: alice.smith@alpha.example\n\nHi\n";
    Draft x400 = shape(alpha, "ALPHA", mail, asks.replace("\n", "\r\n"));
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P2);
    IPM ipm =
        ((InformationObject.Ipm) InformationObject.CODEC.decode(alpha.store.octets(x400.content())))
            .value();
    assertThat(ipm.heading().primaryRecipients().getFirst().notificationRequests())
        .isEqualTo(BitString.ofBits(0, 1));
    assertThat(ipm.heading().copyRecipients().getFirst().notificationRequests())
        .isEqualTo(BitString.ofBits(0, 1));
    String back = text(bravo, shape(bravo, "BRAVO", x400.envelope(), text(alpha, x400)));
    assertThat(back)
        .contains("\r\nDisposition-Notification-To: alice.smith@alpha.example\r\n")
        .doesNotContain("X-X400-Heading");
    // to somebody else: X.400 cannot say that, and it is carried
    String other = header + "Disposition-Notification-To: carol@alpha.example\n\nHi\n";
    Draft carried = shape(alpha, "ALPHA", mail, other.replace("\n", "\r\n"));
    assertThat(carried.envelope().contentType()).isEqualTo(ContentTypes.P22);
    assertThat(text(bravo, shape(bravo, "BRAVO", carried.envelope(), text(alpha, carried))))
        .contains("\r\nDisposition-Notification-To: carol@alpha.example\r\n");
  }
}
