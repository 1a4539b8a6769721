package org.heliograph.x400.downgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Oid;
import org.heliograph.model.OrText;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;
import org.heliograph.x400.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Envelopes for 1984: what is left out, what must not be, and the octets that come of it. */
class DowngradeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final GlobalDomain ALPHA = new GlobalDomain("XX", " ", Optional.of("A"));
  private static final Octets TEXT = Octets.ofHex("A011 3105 6B03130131 3008 A006 3100 16024869");
  private static final TraceElement TRACE =
      TraceElement.relayed(ALPHA, Optional.empty(), OffsetDateTime.parse("2026-03-01T12:00:00Z"));

  private final Downgrade downgrade = new Downgrade(ALPHA, PrecedencePairing.COMMON);

  private static Envelope message() {
    return Envelope.message(ContentTypes.P22, NOW, Source.internal(new ChannelName("p1")))
        .originator(OrText.parse("/S=S/PRMD=A/ADMD= /C=XX/"))
        .recipient(Recipient.of(1, OrText.parse("/CN=R/PRMD=B/ADMD= /C=XX/")))
        .recipient(Recipient.of(2, OrText.parse("/S=T/PRMD=B/ADMD= /C=XX/")))
        .precedence(Precedence.PRIORITY)
        .identification(Identification.none().withMtsIdentifier(new MtsIdentifier(ALPHA, "1")))
        .trace(List.of(TRACE))
        .build();
  }

  private static Extension extension(int number, Criticality... critical) {
    return new Extension(new Extension.Standard(number), Set.of(critical), Bytes.ofHex("800101"));
  }

  @Test
  void aMessageIsAUserMpduOf1984() throws Exception {
    Envelope full =
        message()
            .change()
            .internalTrace(
                List.of(TraceElement.relayed(ALPHA, Optional.of("MTA"), TRACE.arrival())))
            .extensions(List.of(extension(99)))
            .encodedInformationTypes(
                new EncodedInformationTypes(Set.of(2), List.of(new Oid("2.6.1.12.0"))))
            .build();

    Downgraded down = downgrade.down(full, TEXT);

    String domain = "630E 6104 13025858 6203 130120 130141"; // XX, space, A
    String built = "6104 13025858 6203 130120"; // the first two attributes of each address
    Octets apdu =
        MTSAPDU.CODEC.encode(
            new MTSAPDU.Message(
                new Message(
                    new Envelopes(PrecedencePairing.COMMON).message(down.envelope()),
                    down.content())));
    assertThat(apdu.hex(300))
        .isEqualTo(
            hex(
                "A081C7" // UserMPDU
                    + "3181AF" // UMPDUEnvelope
                    + "6413" // MPDUIdentifier
                    + domain
                    + "160131"
                    + "6017 3015" // originator
                    + built
                    + "A203 130141 A503 800153"
                    + "6504 800205A0" // original: undefined and IA5 text
                    + "460102" // content type p2
                    + "6926 3024" // trace
                    + domain
                    + "3112 800D 3236303330313132303030305A 820100"
                    + "A24E" // recipients, each with extension identifier and flags
                    + "312A 6021 3010"
                    + built
                    + "A203 130142 300D 300B 1306436F6D6D6F6E 130152 800101 810200A8"
                    + "3120 6017 3015"
                    + built
                    + "A203 130142 A503 800154 800102 810200A8"
                    + "0413"
                    + "A011 3105 6B03130131 3008 A006 3100 16024869"));
    assertThat(down.lost())
        .containsExactly(
            "the internal trace", "extension 99", "encoded information types [2.6.1.12.0]");
  }

  private static String hex(String octets) {
    return Octets.ofHex(octets).hex(300);
  }

  @ParameterizedTest
  @EnumSource(
      value = Criticality.class,
      names = {"TRANSFER", "DELIVERY"})
  void whatIsCriticalIsNotLeftOut(Criticality critical) {
    Envelope envelope = message().change().extensions(List.of(extension(99, critical))).build();

    assertUnable(envelope);
  }

  private void assertUnable(Envelope envelope) {
    assertThatThrownBy(() -> downgrade.down(envelope, TEXT))
        .isInstanceOfSatisfying(
            CannotDowngrade.class,
            e ->
                assertThat(e.failure().x400().orElseThrow())
                    .hasToString("reason 1, diagnostic 47"));
  }

  @Test
  void whatIsCriticalForOneRecipientFailsThatOne() throws Exception {
    Envelope envelope =
        message()
            .change()
            .recipients(
                List.of(
                    message()
                        .recipients()
                        .getFirst()
                        .withExtensions(List.of(extension(12, Criticality.DELIVERY))),
                    message().recipients().getLast()))
            .build();

    Downgraded down = downgrade.down(envelope, TEXT);

    assertThat(down.failed()).containsOnlyKeys(new RecipientId(1)).hasValueSatisfying(unable());
    assertThat(down.envelope().recipients())
        .extracting(Recipient::id)
        .containsExactly(new RecipientId(2));
  }

  private static org.assertj.core.api.Condition<Failure> unable() {
    X400Code code = X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, 47);
    return new org.assertj.core.api.Condition<>(
        f -> f.x400().equals(Optional.of(code)), "unable-to-downgrade");
  }

  @ParameterizedTest
  @EnumSource(
      value = Flag.class,
      names = {
        "DL_EXPANSION_PROHIBITED",
        "RECIPIENT_REASSIGNMENT_PROHIBITED",
        "CONVERSION_WITH_LOSS_PROHIBITED"
      })
  void prohibitionsAreCriticalForDeliveryUnlessTheyCameOtherwise(Flag flag) throws Exception {
    Envelope prohibited = message().change().handling(message().handling().with(flag)).build();
    assertUnable(prohibited);

    long number =
        switch (flag) {
          case DL_EXPANSION_PROHIBITED -> X411.DL_EXPANSION_PROHIBITED;
          case RECIPIENT_REASSIGNMENT_PROHIBITED -> X411.RECIPIENT_REASSIGNMENT_PROHIBITED;
          default -> X411.CONVERSION_WITH_LOSS_PROHIBITED;
        };
    Envelope mild = prohibited.change().extensions(List.of(extension((int) number))).build();
    assertThat(downgrade.down(mild, TEXT).lost()).containsExactly("extension " + number);
    assertThat(downgrade.down(mild, TEXT).envelope().handling().has(flag)).isFalse();
  }

  @Test
  void aLabelIsNeverLeftOut() {
    assertUnable(
        message()
            .change()
            .label(
                Optional.of(
                    new Label(
                        Optional.of(new Oid("1.2.3")),
                        java.util.OptionalInt.of(3),
                        Optional.empty(),
                        List.of())))
            .extensions(List.of(extension((int) X411.MESSAGE_SECURITY_LABEL)))
            .build());
  }

  @Test
  void latestDeliveryIsCriticalAndDeferredDeliveryStays() throws Exception {
    assertUnable(message().change().latestDelivery(Optional.of(NOW)).build());
    assertThat(
            downgrade
                .down(message().change().deferUntil(Optional.of(NOW)).build(), TEXT)
                .envelope()
                .deferUntil())
        .contains(NOW);
  }

  @Test
  void precedenceLosesItsQualifierAndKeepsItsPriority() throws Exception {
    Downgraded down =
        downgrade.down(message().change().precedence(Precedence.OVERRIDE).build(), TEXT);

    assertThat(down.envelope().precedence()).isEqualTo(Precedence.FLASH); // urgent both
    assertThat(down.lost()).containsExactly("the priority level qualifier (OVERRIDE)");
  }

  @Test
  void aTypeThatOnlyAnIdentifierNamesTravelsAsExternalAndComesBack() throws Exception {
    Octets military = Octets.ofHex("0403010203");
    Downgraded down =
        downgrade.down(message().change().contentType(ContentTypes.P772).build(), military);

    assertThat(down.envelope().contentType()).isEqualTo(new ContentType.BuiltIn(1));
    // EXTERNAL { direct-reference 1.3.26.0.4406.0.4.1, octet-aligned }
    assertThat(down.content())
        .isEqualTo(Octets.ofHex("2811 0608 2B1A00A236000401 8105 0403010203"));
    assertThat(External84.unwrap(down.content()))
        .contains(new External84.Inner(ContentTypes.P772, military));
    assertThat(External84.unwrap(military)).isEmpty();
  }

  @Test
  void enclosedBodyPartsAreAConversionInTheTrace() throws Exception {
    Octets strange = Octets.ofHex("A016 3105 6B03130131 300D AF0B 2809 06022A03 A003 0401FF");

    TraceElement ours = downgrade.down(message(), strange).envelope().trace().getLast();

    assertThat(ours.converted()).contains(new EncodedInformationTypes(Set.of(2), List.of()));
  }

  @Test
  void otherActionsLeaveTheTrace() throws Exception {
    TraceElement redirected =
        new TraceElement(
            ALPHA,
            Optional.empty(),
            TRACE.arrival(),
            TraceElement.Action.RELAYED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(TraceElement.OtherAction.REDIRECTED),
            Optional.empty());

    Downgraded down = downgrade.down(message().change().trace(List.of(redirected)).build(), TEXT);

    assertThat(down.envelope().trace()).containsExactly(TRACE);
    assertThat(down.lost()).containsExactly("other actions in the trace");
  }

  @Test
  void aReportKeepsWhatItSaysInCodesOf1984() throws Exception {
    Identification own =
        Identification.none().withMtsIdentifier(new MtsIdentifier(ALPHA, "report"));
    Report report =
        new Report(
            own,
            Identification.none().withMtsIdentifier(new MtsIdentifier(ALPHA, "subject")),
            Optional.of(ContentTypes.P22),
            new EncodedInformationTypes(Set.of(2), List.of()),
            Optional.of(NOW),
            List.of(),
            "MTA",
            Optional.of(ALPHA),
            Report.Returned.NOTHING,
            List.of(
                reported(1, new ReportedRecipient.Expanded(NOW)),
                reported(
                    2,
                    new ReportedRecipient.Failed(
                        Failure.of(Failure.Cause.POLICY, "no")
                            .withX400(X400Code.SECURITY_POLICY_VIOLATION))),
                reported(
                    3,
                    new ReportedRecipient.Failed(
                        Failure.of(Failure.Cause.LOOP, "no").withX400(X400Code.LOOP_DETECTED)))),
            List.of(extension(40, Criticality.DELIVERY)));
    Envelope envelope =
        Envelope.report(
                report, ContentTypes.UNIDENTIFIED, NOW, Source.internal(new ChannelName("p1")))
            .identification(own)
            .recipient(Recipient.of(1, OrText.parse("/CN=R/PRMD=B/ADMD= /C=XX/")))
            .trace(List.of(TRACE))
            .build();

    Downgraded down = downgrade.down(envelope, Octets.empty());
    var apdu = new Reports().write(down.envelope(), Octets.empty());

    assertThat(apdu.envelope().extensions()).isEmpty();
    assertThat(apdu.content().extensions()).isEmpty();
    assertThat(apdu.content().contentType()).isNull();
    assertThat(apdu.content().originalEncodedInformationTypes()).isNull();
    assertThat(down.envelope().report().orElseThrow().recipients())
        .extracting(ReportedRecipient::result)
        .satisfiesExactly(
            r -> assertThat(r).isEqualTo(new ReportedRecipient.Delivered(NOW, 1)),
            r ->
                assertThat(((ReportedRecipient.Failed) r).failure().x400())
                    .contains(X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER)),
            r ->
                assertThat(((ReportedRecipient.Failed) r).failure().x400())
                    .contains(X400Code.LOOP_DETECTED));
    assertThat(down.envelope().report().orElseThrow().recipients().get(1).supplementary())
        .contains("X.400 reason 8, diagnostic 53");
    assertThat(down.lost()).containsExactly("extension 40 of the report");
  }

  private static ReportedRecipient reported(int number, ReportedRecipient.Result result) {
    return new ReportedRecipient(
        OrText.parse("/CN=R" + number + "/PRMD=B/ADMD= /C=XX/"),
        Optional.empty(),
        number,
        result,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
