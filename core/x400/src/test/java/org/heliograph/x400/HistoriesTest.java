package org.heliograph.x400;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.RedirectionHistory;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.ProbeLength;
import org.heliograph.model.Readdressing.Reason;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final OrAddress OLD = or("/C=XX/ADMD= /PRMD=A/S=Old/");
  private static final OrAddress NEW = or("/C=XX/ADMD= /PRMD=A/S=New/");
  private static final OrAddress LIST = or("/C=XX/ADMD= /PRMD=A/CN=Ops/");
  private final Histories histories = new Histories();

  private static OrAddress or(String text) {
    return (OrAddress) AddressText.parse(text);
  }

  @Test
  void aRedirectionIsWrittenDownAsTheStandardHasIt() throws Exception {
    Recipient moved = histories.redirected(Recipient.of(1, OLD), NEW, Reason.MD_ASSIGNED, NOW);

    assertThat(moved.address()).isEqualTo(NEW);
    assertThat(histories.intended(moved)).containsExactly(OLD);
    Extension extension = moved.extensions().getFirst();
    assertThat(extension.is(25)).isTrue();
    // SEQUENCE { Redirection { IntendedRecipientName { ORName, UTCTime }, ENUMERATED 2 } }
    String hex = extension.value().toString();
    assertThat(hex).contains("170d3236303330313132303030305a0a0102");
    assertThat(RedirectionHistory.CODEC.decode(Octets.of(extension.value().toArray()))).hasSize(1);
    Recipient twice = histories.redirected(moved, OLD, Reason.ALIAS, NOW);
    assertThat(histories.intended(twice)).containsExactly(OLD, NEW);
    assertThat(twice.extensions()).hasSize(1);
  }

  @Test
  void theAlternateThatWasAskedForIsUsedUp() {
    Recipient asking = Recipient.of(1, OLD).withExtensions(Histories.withAlternate(List.of(), NEW));

    assertThat(histories.requestedAlternate(asking)).contains(NEW);
    Recipient moved = histories.redirected(asking, NEW, Reason.ORIGINATOR_REQUESTED, NOW);
    assertThat(histories.requestedAlternate(moved)).isEmpty();
    assertThat(histories.intended(moved)).containsExactly(OLD);
  }

  @Test
  void whatCannotBeDecodedSaysNothing() {
    Recipient broken =
        Recipient.of(1, OLD)
            .withExtensions(
                List.of(
                    new Extension(
                        new Extension.Standard(2), Set.of(), Bytes.of(new byte[] {1, 2, 3}))));

    assertThat(histories.requestedAlternate(broken)).isEmpty();
  }

  @Test
  void listsAreRememberedAndReported() {
    Envelope once = histories.expanded(message(), LIST, NOW);
    Envelope twice = histories.expanded(once, NEW, NOW);

    assertThat(histories.expanded(twice)).containsExactly(LIST, NEW);
    assertThat(twice.extensions()).hasSize(1);
    assertThat(histories.reported(twice, Optional.of(NEW)))
        .extracting(e -> e.type().toString())
        .containsExactly("30", "31");
    assertThat(
            histories.way(
                message().change().extensions(histories.reported(twice, Optional.empty())).build()))
        .containsExactly(OLD, LIST, NEW);
    assertThat(histories.reported(message(), Optional.empty())).isEmpty();
    Address mailbox = Mailbox.parse("a@b.c");
    assertThat(histories.expanded(message(), mailbox, NOW).extensions()).isEmpty();
  }

  @Test
  void aReportRepeatsWhatWasAskedForAndWhoWasMeant() {
    Recipient moved =
        histories.redirected(
            Recipient.of(1, OLD)
                .withReportRequest(
                    new ReportRequest(
                        Set.of(),
                        Set.of(ReportRequest.Event.DELIVERY, ReportRequest.Event.NON_DELIVERY),
                        false)),
            NEW,
            Reason.ALIAS,
            NOW);
    ReportedRecipient said = histories.reported(failed(NEW), moved);

    assertThat(Kept.ORIGINALLY_INTENDED_RECIPIENT.in(said.extensions())).isPresent();
    assertThat(said.extensions()).anyMatch(e -> e.is(25));
    // responsibility, originating-MTA-report; the originator asked for nothing
    assertThat(Kept.PER_RECIPIENT_INDICATORS.in(said.extensions()))
        .contains(Bytes.ofHex("030200c0"));
    assertThat(histories.originatorWants(said)).isFalse();
    assertThat(histories.originatorWants(histories.reported(failed(OLD), Recipient.of(1, OLD))))
        .isTrue();
  }

  @Test
  void theLengthThatAProbeAsksAboutIsReadWithoutAsn1() {
    Envelope probe =
        message()
            .change()
            .extensions(
                List.of(Kept.CONTENT_LENGTH.of(Raw.bytes(Codecs.INTEGER.encode(1_000_000_000L)))))
            .build();

    assertThat(ProbeLength.of(probe)).hasValue(1_000_000_000L);
    assertThat(ProbeLength.of(message())).isEmpty();
  }

  @Test
  void addressesChangeAtABorder() {
    Rewriting out =
        new Rewriting(
            AddressText.attributes("/ADMD= /PRMD=A/C=XX/"),
            AddressText.attributes("/ADMD=GOLD/C=XX/PRMD=/"));

    assertThat(out.apply(OLD).display()).isEqualTo("/C=XX/ADMD=GOLD/S=Old/");
    assertThat(out.apply(or("/C=XX/PRMD=a/S=Old/")).display()).isEqualTo("/C=XX/ADMD=GOLD/S=Old/");
    assertThat(out.apply(or("/C=XX/ADMD=B/PRMD=A/S=Old/")).display()).contains("ADMD=B");
    Rewriting in =
        new Rewriting(
            AddressText.attributes("/C=XX/ADMD=GOLD/PRMD=/"),
            AddressText.attributes("/C=XX/ADMD= /PRMD=A/"));
    assertThat(Rewriting.first(List.of(in), or("/C=XX/ADMD=gold/S=Old/"))).isEqualTo(OLD);
    assertThat(Rewriting.first(List.of(in, out), OLD).display())
        .isEqualTo("/C=XX/ADMD=GOLD/S=Old/");
  }

  private static Envelope message() {
    return Envelope.message(ContentTypes.P22, NOW, Source.internal(new ChannelName("test")))
        .originator(OLD)
        .recipient(Recipient.of(1, NEW))
        .build();
  }

  private static ReportedRecipient failed(OrAddress actual) {
    return new ReportedRecipient(
        actual,
        Optional.empty(),
        1,
        new ReportedRecipient.Failed(Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "nobody")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
