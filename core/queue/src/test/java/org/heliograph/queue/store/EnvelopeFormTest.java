package org.heliograph.queue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.junit.jupiter.api.Test;

/** What is stored of an envelope is all of it. */
class EnvelopeFormTest {
  private static final GlobalDomain DOMAIN = new GlobalDomain("XX", " ", Optional.of("ALPHA"));
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final EncodedInformationTypes TYPES =
      new EncodedInformationTypes(Set.of(2, 31), List.of(new Oid("2.6.1.12.0")));
  private static final OrAddress OR =
      new OrAddress(
          List.of(
              OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
              new OrAttribute(
                  OrAttribute.Type.SURNAME, OrAttribute.Form.TELETEX, "", "M\u00fcller"),
              OrAttribute.domainDefined("RFC-822", "a(a)b")),
          List.of(new OrAddress.UnknownAttribute(99, Bytes.ofHex("0500"))),
          Optional.of(Bytes.ofHex("3000")));
  private static final Extension EXTENSION =
      new Extension(
          new Extension.Standard(7),
          Set.of(Extension.Criticality.TRANSFER, Extension.Criticality.DELIVERY),
          Bytes.ofHex("0201ff"));
  private static final Extension OWN =
      new Extension(new Extension.Private(new Oid("1.2.3")), Set.of(), Bytes.empty());
  private static final Identification NAMES =
      new Identification(
          Optional.of(new MtsIdentifier(DOMAIN, "local-1")),
          Optional.of("content-id"),
          Optional.of(Bytes.ofHex("130141")),
          Optional.of("ipm"),
          Optional.of("mid@host"),
          Optional.of("envid"));

  private static TraceElement trace() {
    return new TraceElement(
        DOMAIN,
        Optional.of("mta"),
        OffsetDateTime.parse("2026-01-02T03:04:05+05:30"),
        TraceElement.Action.REROUTED,
        Optional.of(new TraceElement.Attempted(Optional.of(DOMAIN), Optional.empty())),
        Optional.of(OffsetDateTime.parse("2026-01-02T03:04:05Z")),
        Optional.of(TYPES),
        Set.of(TraceElement.OtherAction.REDIRECTED),
        Optional.of(Bytes.ofHex("a0")));
  }

  private static Envelope full() {
    return Envelope.message(
            ContentTypes.P772,
            AT,
            new Source(
                new ChannelName("p1-in"),
                Optional.of(new PeerName("bravo")),
                "192.0.2.1:102",
                Optional.of("BRAVO-MTA"),
                Optional.of("bravo"),
                Optional.of("TLSv1.3")))
        .originator(OR)
        .recipient(Recipient.of(1, new Mailbox("a b", "example.org")))
        .recipient(
            new Recipient(
                new RecipientId(7),
                OR,
                3,
                false,
                new ReportRequest(
                    Set.of(ReportRequest.Event.DELIVERY),
                    Set.of(ReportRequest.Event.NON_DELIVERY),
                    true),
                Optional.of(new OriginalRecipient("rfc822", "x@y")),
                List.of(EXTENSION)))
        .encodedInformationTypes(TYPES)
        .precedence(Precedence.FLASH)
        .identification(NAMES)
        .handling(
            new Handling(
                Set.of(Handling.Flag.SMTPUTF8, Handling.Flag.DL_EXPANSION_PROHIBITED),
                Handling.ContentReturn.FULL,
                Handling.BodyType.BINARY_MIME))
        .deferUntil(Optional.of(AT.plusSeconds(1)))
        .latestDelivery(Optional.of(Instant.parse("1969-12-31T23:59:59.5Z")))
        .trace(List.of(trace(), TraceElement.relayed(DOMAIN, Optional.empty(), trace().arrival())))
        .internalTrace(List.of(trace()))
        .label(
            Optional.of(
                new Label(
                    Optional.of(new Oid("1.3.26.1.3.1")),
                    OptionalInt.of(4),
                    Optional.of("mark"),
                    List.of(new Label.Category(new Oid("2.16.840.1"), Bytes.ofHex("0401ff"))))))
        .extensions(List.of(EXTENSION, OWN))
        .build();
  }

  private static ReportedRecipient reported(int number, ReportedRecipient.Result result) {
    return new ReportedRecipient(
        OR,
        Optional.of(new OriginalRecipient("x400", "/S=A/")),
        number,
        result,
        Optional.of(AT),
        Optional.of("remote"),
        Optional.of("more"),
        Optional.of(TYPES),
        List.of(EXTENSION));
  }

  private static Envelope report() {
    Failure failure =
        Failure.of(Failure.Cause.LOOP, "loop")
            .withX400(X400Code.of(1))
            .withSmtp(new SmtpCode(554, "5.4.6"))
            .withRemote("said");
    Report report =
        new Report(
            NAMES,
            Identification.none(),
            Optional.of(ContentTypes.P22),
            TYPES,
            Optional.of(AT),
            List.of(trace()),
            "mta",
            Optional.of(DOMAIN),
            Report.Returned.CONTENT,
            List.of(
                reported(1, new ReportedRecipient.Delivered(AT, 3)),
                reported(2, new ReportedRecipient.Relayed(AT)),
                reported(3, new ReportedRecipient.Expanded(AT)),
                reported(4, new ReportedRecipient.Delayed(failure, Optional.of(AT))),
                reported(
                    5, new ReportedRecipient.Failed(failure.withX400(X400Code.LOOP_DETECTED)))),
            List.of(OWN));
    return Envelope.report(report, ContentTypes.MAIL, AT, Source.internal(new ChannelName("q")))
        .recipient(Recipient.of(1, Mailbox.parse("a@b")))
        .build();
  }

  @Test
  void nothingIsLost() {
    assertThat(EnvelopeForm.unpack(EnvelopeForm.pack(full()))).isEqualTo(full());
    assertThat(EnvelopeForm.unpack(EnvelopeForm.pack(report()))).isEqualTo(report());
  }

  @Test
  void aSmallMessageIsSmall() {
    Envelope small =
        Envelope.message(ContentTypes.MAIL, AT, Source.internal(new ChannelName("smtp-in")))
            .originator(Mailbox.parse("alice@mail.example"))
            .recipient(Recipient.of(1, Mailbox.parse("bob@mail.example")))
            .build();
    assertThat(EnvelopeForm.pack(small)).hasSizeLessThan(200);
  }

  @Test
  void whatIsCutOrLongerIsRefused() {
    byte[] octets = EnvelopeForm.pack(full());
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> EnvelopeForm.unpack(cut)).isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() -> EnvelopeForm.unpack(Arrays.copyOf(octets, octets.length + 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("too many");
  }
}
