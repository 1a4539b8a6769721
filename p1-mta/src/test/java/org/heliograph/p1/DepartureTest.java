package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.PerRecipientMessageTransferFields;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Recipient;
import org.heliograph.model.TraceElement;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private final Departure departure = Samples.departure();

  private MTSAPDU.Message message(Envelope envelope, int... recipients) throws Exception {
    return (MTSAPDU.Message)
        MTSAPDU.CODEC.decode(
            Samples.apdu(
                departure,
                Samples.dispatch("bravo", envelope, recipients),
                envelope,
                Octets.of(new byte[] {7})));
  }

  private static Envelope disclosing(Envelope envelope) {
    return envelope
        .change()
        .handling(envelope.handling().with(Flag.DISCLOSURE_OF_OTHER_RECIPIENTS))
        .build();
  }

  @Test
  void otherRecipientsGoAlongOnlyWhereTheyMayBeDisclosed() throws Exception {
    Envelope envelope = Samples.message("m", 3);

    assertThat(message(envelope, 2).value().envelope().perRecipientFields()).hasSize(1);
    assertThat(message(disclosing(envelope), 2).value().envelope().perRecipientFields())
        .extracting(DepartureTest::responsible)
        .containsExactly(false, true, false);
  }

  private static boolean responsible(PerRecipientMessageTransferFields r) {
    return r.perRecipientIndicators().isSet(0);
  }

  @Test
  void aRecipientOfAnotherWorldStaysBehind() throws Exception {
    Envelope envelope =
        disclosing(Samples.message("m", 1))
            .change()
            .recipient(Recipient.of(2, Mailbox.parse("a@example.org")))
            .build();

    assertThat(message(envelope, 1).value().envelope().perRecipientFields()).hasSize(1);
    assertThatThrownBy(() -> message(envelope, 2)).hasMessageContaining("no O/R address");
  }

  @Test
  void addsOurTraceToWhatWasMadeHere() throws Exception {
    MTSAPDU.Message apdu = message(Samples.message("m", 1));

    assertThat(apdu.value().envelope().traceInformation()).hasSize(1);
    assertThat(apdu.value().envelope().extensions().getFirst().type())
        .isEqualTo(
            new org.heliograph.asn1.x411.ExtensionType.StandardExtension(38L)); // internal trace
    assertThat(apdu.value().content()).isEqualTo(Octets.of(new byte[] {7}));
  }

  @Test
  void addsNoTraceTwice() throws Exception {
    Envelope arrived =
        Tracing.arrived(
            Samples.message("m", 1),
            new LocalMta("mta.alpha", Samples.ALPHA),
            Samples.NOW.minusSeconds(9));

    MTSAPDU.Message apdu = message(arrived);

    assertThat(apdu.value().envelope().traceInformation()).hasSize(1);
    assertThat(
            apdu.value()
                .envelope()
                .traceInformation()
                .getFirst()
                .domainSuppliedInformation()
                .arrivalTime()
                .text())
        .isEqualTo("260301115951Z");
  }

  @Test
  void whatWasReroutedSaysWhereItWasTried() throws Exception {
    GlobalDomain charlie = Samples.domain("CHARLIE");
    PeerSettings attempted =
        PeerSettings.of(
            "charlie", Credentials.ia5("mta.alpha", "a"), Credentials.ia5("mta.charlie", "c"));
    Departure departure =
        new Departure(
            new LocalMta("mta.alpha", Samples.ALPHA),
            PrecedencePairing.COMMON,
            () -> PeerTable.of(attempted),
            () ->
                new Agreements(
                    Map.of(
                        attempted.name(),
                        new Agreement(
                            Optional.of(charlie),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            Acceptable.ALL,
                            Optional.empty()))),
            () -> Samples.NOW);
    Envelope envelope = Samples.message("m", 1);
    Dispatch straight = Samples.dispatch("bravo", envelope);
    Dispatch rerouted =
        new Dispatch(
            straight.message(),
            straight.recipients(),
            straight.step(),
            straight.channel(),
            straight.peer(),
            1,
            straight.claim(),
            Optional.empty(),
            Optional.of(attempted.name()));

    Envelope read =
        new Envelopes(PrecedencePairing.COMMON)
            .read(
                ((MTSAPDU.Message)
                        MTSAPDU.CODEC.decode(
                            Samples.apdu(departure, rerouted, envelope, Octets.of(new byte[] {7}))))
                    .value()
                    .envelope(),
                Samples.NOW,
                envelope.source());

    assertThat(read.trace().getLast().action()).isEqualTo(TraceElement.Action.REROUTED);
    assertThat(read.trace().getLast().attemptedDomain())
        .contains(new TraceElement.Attempted(Optional.of(charlie), Optional.empty()));
    assertThat(read.internalTrace().getLast().attemptedDomain())
        .contains(new TraceElement.Attempted(Optional.of(charlie), Optional.empty()));
  }

  @Test
  void whatWasHeldUntilItsTimeSaysSoAndAsksNobodyToHoldIt() throws Exception {
    Envelope held =
        Samples.message("m", 1)
            .change()
            .submitted(Samples.NOW.minusSeconds(60))
            .deferUntil(Optional.of(Samples.NOW.minusSeconds(5)))
            .build();
    Envelope forwarded = held.change().deferUntil(Optional.of(Samples.NOW.plusSeconds(60))).build();

    assertThat(message(held).value().envelope().deferredDeliveryTime()).isNull();
    assertThat(message(held).value().envelope().traceInformation())
        .extracting(t -> String.valueOf(t.domainSuppliedInformation().deferredTime()))
        .singleElement()
        .asString()
        .contains("260301115955Z");
    assertThat(String.valueOf(message(forwarded).value().envelope().deferredDeliveryTime()))
        .contains("260301120100Z");
  }

  @Test
  void givesTheSameNameAtEveryAttempt() throws Exception {
    Envelope unnamed =
        Samples.message("m", 1).change().identification(Identification.none()).build();

    assertThat(message(unnamed).value().envelope().messageIdentifier())
        .isEqualTo(message(unnamed).value().envelope().messageIdentifier());
  }

  @Test
  void refusesMailAndAMissingOriginator() {
    Envelope envelope = Samples.message("m", 1);

    assertThatThrownBy(() -> message(envelope.change().contentType(ContentTypes.MAIL).build()))
        .hasMessageContaining("mail");
    assertThatThrownBy(() -> message(envelope.change().originator(Optional.empty()).build()))
        .hasMessageContaining("originator");
  }

  @Test
  void aReportMadeHereNamesItsMaker() throws Exception {
    Envelope report = Samples.report("subject");

    MTSAPDU.Report apdu =
        (MTSAPDU.Report)
            MTSAPDU.CODEC.decode(
                Samples.apdu(
                    departure,
                    Samples.dispatch("bravo", report),
                    report,
                    Octets.of(new byte[] {1})));

    assertThat(apdu.value().envelope().extensions()).hasSize(2); // 38 and 39
    assertThat(apdu.value().content().returnedContent()).isEqualTo(Octets.of(new byte[] {1}));
    assertThat(apdu.value().content().perRecipientFields()).hasSize(2);
  }
}
