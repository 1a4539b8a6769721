package org.heliograph.x400;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x411.AdministrationDomainName;
import org.heliograph.asn1.x411.Attempted;
import org.heliograph.asn1.x411.BilateralDomain;
import org.heliograph.asn1.x411.BuiltInStandardAttributes;
import org.heliograph.asn1.x411.ContentType;
import org.heliograph.asn1.x411.CountryName;
import org.heliograph.asn1.x411.DomainSuppliedInformation;
import org.heliograph.asn1.x411.ExtensionField;
import org.heliograph.asn1.x411.ExtensionType;
import org.heliograph.asn1.x411.GlobalDomainIdentifier;
import org.heliograph.asn1.x411.InternalTraceInformation;
import org.heliograph.asn1.x411.InternalTraceInformationElement;
import org.heliograph.asn1.x411.MTASuppliedInformation;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.MTSIdentifier;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.PerDomainBilateralInformation;
import org.heliograph.asn1.x411.PerRecipientMessageTransferFields;
import org.heliograph.asn1.x411.PerRecipientProbeTransferFields;
import org.heliograph.asn1.x411.Priority;
import org.heliograph.asn1.x411.PrivateDomainIdentifier;
import org.heliograph.asn1.x411.ProbeTransferEnvelope;
import org.heliograph.asn1.x411.RoutingAction;
import org.heliograph.asn1.x411.TraceInformationElement;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Oid;
import org.heliograph.model.Precedence;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Source SOURCE = Source.internal(new ChannelName("p1"));
  private final Envelopes envelopes = new Envelopes(PrecedencePairing.COMMON);

  static Stream<String> messages() throws Exception {
    List<String> names = new ArrayList<>();
    for (var e : Apdus.all().entrySet()) {
      if (MTSAPDU.CODEC.decode(e.getValue()) instanceof MTSAPDU.Message) {
        names.add(e.getKey());
      }
    }
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void realMessagesComeOutAsTheyCame(String name) throws Exception {
    MTSAPDU.Message apdu = (MTSAPDU.Message) MTSAPDU.CODEC.decode(Apdus.named(name));
    MessageTransferEnvelope in = apdu.value().envelope();

    Envelope envelope = envelopes.read(in, NOW, SOURCE);
    MessageTransferEnvelope out = envelopes.message(envelope);

    assertThat(out).isEqualTo(in);
    assertThat(MessageTransferEnvelope.CODEC.encode(out))
        .isEqualTo(MessageTransferEnvelope.CODEC.encode(in));
    assertThat(envelope.trace()).isNotEmpty();
    assertThat(envelope.submitted()).isEqualTo(NOW);
  }

  private static GlobalDomainIdentifier domain(String prmd) {
    return new GlobalDomainIdentifier(
        new CountryName.Iso3166Alpha2Code(Text.printable("GB")),
        new AdministrationDomainName.Printable(Text.printable(" ")),
        new PrivateDomainIdentifier.Printable(Text.printable(prmd)));
  }

  private static ORName name(String organization) {
    return new ORName(
        BuiltInStandardAttributes.builder().organizationName(Text.printable(organization)).build(),
        null,
        null,
        null);
  }

  private static ExtensionField standard(long number, String criticality, String value) {
    BitString bits =
        criticality.isEmpty()
            ? BitString.EMPTY
            : BitString.ofBits(
                Stream.of(criticality.split(",")).mapToInt(Integer::parseInt).toArray());
    return new ExtensionField(
        new ExtensionType.StandardExtension(number), bits, new Any(Octets.ofHex(value)));
  }

  private static TraceInformationElement trace(String prmd, String time) {
    return new TraceInformationElement(
        domain(prmd),
        DomainSuppliedInformation.builder()
            .arrivalTime(new Time(false, time))
            .routingAction(RoutingAction.RELAYED)
            .build());
  }

  private static MessageTransferEnvelope.Builder message(ExtensionField... extensions) {
    return MessageTransferEnvelope.builder()
        .messageIdentifier(new MTSIdentifier(domain("A"), Text.ia5("one")))
        .originatorName(name("Sender"))
        .contentType(new ContentType.BuiltIn(22L))
        .traceInformation(List.of(trace("A", "260301115900Z")))
        .extensions(List.of(extensions))
        .perRecipientFields(List.of(recipient("R1", 1, 0x98)));
  }

  private static PerRecipientMessageTransferFields recipient(String name, long number, int bits) {
    return new PerRecipientMessageTransferFields(
        name(name), number, new BitString(Octets.of(new byte[] {(byte) bits}), 0), null, List.of());
  }

  private MessageTransferEnvelope through(MessageTransferEnvelope in) throws Exception {
    return envelopes.message(envelopes.read(in, NOW, SOURCE));
  }

  @Test
  void everyFieldComesOutAsItCame() throws Exception {
    InternalTraceInformationElement internal =
        new InternalTraceInformationElement(
            domain("A"),
            Text.ia5("mta.a"),
            MTASuppliedInformation.builder()
                .arrivalTime(new Time(false, "2603011200+0130")) // no seconds, an offset
                .routingAction(RoutingAction.REROUTED)
                .attempted(new Attempted.Mta(Text.ia5("mta.b")))
                .otherActions(BitString.ofBits(1))
                .build());
    MessageTransferEnvelope in =
        message(
                standard(3, "2", "0A0101"), // dl-expansion-prohibited
                standard(5, "2", "170D3236303330323132303030305A"), // latest-delivery-time
                standard(20, "2", "3103020104"), // message-security-label: secret
                standard(23, "", "1603414243"), // content-correlator
                new ExtensionField(
                    new ExtensionType.StandardExtension(38L),
                    BitString.EMPTY,
                    Any.of(InternalTraceInformation.CODEC, List.of(internal))),
                standard(99, "1", "0403010203"), // nobody knows it, critical for transfer
                new ExtensionField(
                    new ExtensionType.PrivateExtension(
                        org.heliograph.asn1.ObjectIdentifier.of("1.2.3.4")),
                    BitString.ofBits(0, 2),
                    null)) // private, no value
            .contentIdentifier(Text.printable("id 16 characters"))
            .priority(Priority.URGENT)
            .perMessageIndicators(BitString.ofBits(0, 1, 2, 3, 7)) // service-message among them
            .deferredDeliveryTime(new Time(false, "260301143000+0200"))
            .originalEncodedInformationTypes(
                new org.heliograph.asn1.x411.EncodedInformationTypes(
                    BitString.ofBits(2, 5),
                    BitString.ofBits(8), // two-dimensional facsimile
                    null,
                    List.of(org.heliograph.asn1.ObjectIdentifier.of("2.6.1.12.0"))))
            .perDomainBilateralInformation(
                List.of(
                    new PerDomainBilateralInformation(
                        new CountryName.X121DccCode(Text.numeric("234")),
                        new BilateralDomain.AdministrationDomainName(
                            new AdministrationDomainName.Numeric(Text.numeric("7"))),
                        Any.of(Codecs.INTEGER, 5L))))
            .traceInformation(List.of(trace("A", "260301115900Z"), trace("B", "2603011300+0100")))
            .perRecipientFields(
                List.of(
                    new PerRecipientMessageTransferFields(
                        name("R1"),
                        3,
                        new BitString(Octets.ofHex("D3"), 0),
                        8L,
                        List.of(standard(2, "", "6004 30028300"))),
                    recipient("R2", 1, 0x20)))
            .build();

    Envelope envelope = envelopes.read(in, NOW, SOURCE);

    assertThat(envelopes.message(envelope)).isEqualTo(in);
    assertThat(envelope.label().orElseThrow().classification()).isEqualTo(OptionalInt.of(4));
    assertThat(envelope.latestDelivery()).contains(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(envelope.deferUntil()).contains(Instant.parse("2026-03-01T12:30:00Z"));
    assertThat(envelope.handling().flags())
        .containsExactlyInAnyOrder(
            Flag.DISCLOSURE_OF_OTHER_RECIPIENTS,
            Flag.IMPLICIT_CONVERSION_PROHIBITED,
            Flag.ALTERNATE_RECIPIENT_ALLOWED,
            Flag.DL_EXPANSION_PROHIBITED);
    assertThat(envelope.identification().contentCorrelator()).contains(Bytes.ofHex("1603414243"));
    assertThat(envelope.internalTrace()).hasSize(1);
    assertThat(envelope.internalTrace().getFirst().arrival()).hasToString("2026-03-01T12:00+01:30");
    assertThat(envelope.internalTrace().getFirst().other())
        .containsExactly(TraceElement.OtherAction.DL_OPERATION);
    assertThat(envelope.trace().get(1).arrival()).hasToString("2026-03-01T13:00+01:00");
    assertThat(envelope.extension(99).orElseThrow().criticality())
        .containsExactly(Extension.Criticality.TRANSFER);
    assertThat(envelope.extension(20)).isEmpty();
    assertThat(envelope.extension(38)).isEmpty();
    assertThat(envelope.recipients().get(0).originalNumber()).isEqualTo(3);
    assertThat(envelope.recipients().get(0).responsible()).isTrue();
    assertThat(envelope.recipients().get(1).responsible()).isFalse();
  }

  /**
   * Both bits of each request (X.411 12.2.1.1.1.13): originating MTA in bits 1 and 2, originator in
   * 3 and 4.
   */
  @ParameterizedTest
  @CsvSource({
    "A0, , NON_DELIVERY, false", // 01 00
    "A8, NON_DELIVERY, NON_DELIVERY, false", // 01 01
    "D0, DELIVERY NON_DELIVERY, DELIVERY NON_DELIVERY, false", // 10 10
    "F0, DELIVERY NON_DELIVERY, DELIVERY NON_DELIVERY, true", // 11 10
    "80, , , false", // 00 00, which asks the originating MTA for nothing
  })
  void readsReportRequests(String bits, String originator, String mta, boolean audited)
      throws Exception {
    int octet = Integer.parseInt(bits, 16);
    MessageTransferEnvelope in =
        message().perRecipientFields(List.of(recipient("R", 1, octet))).build();

    ReportRequest request = envelopes.read(in, NOW, SOURCE).recipients().getFirst().reportRequest();

    assertThat(request).isEqualTo(new ReportRequest(events(originator), events(mta), audited));
    assertThat(through(in)).isEqualTo(in);
  }

  private static Set<Event> events(String words) {
    return words == null
        ? Set.of()
        : Set.copyOf(Stream.of(words.split(" ")).map(Event::valueOf).toList());
  }

  @Test
  void anExtensionInAnotherFormLeavesInThatFormUntilItsComponentChanges() throws Exception {
    MessageTransferEnvelope in =
        message(
                standard(3, "2", "0A0100"), // dl-expansion-allowed, said although it means absence
                standard(20, "1,2", "3103020103")) // a label critical for transfer too
            .build();
    Envelope envelope = envelopes.read(in, NOW, SOURCE);

    assertThat(envelopes.message(envelope)).isEqualTo(in);

    Label secret = new Label(Optional.empty(), OptionalInt.of(4), Optional.empty(), List.of());
    Envelope changed =
        envelope
            .change()
            .label(Optional.of(secret))
            .handling(envelope.handling().with(Flag.DL_EXPANSION_PROHIBITED))
            .build();
    assertThat(envelopes.message(changed))
        .isEqualTo(message(standard(3, "2", "0A0101"), standard(20, "1,2", "3103020104")).build());
    Envelope bare = envelope.change().label(Optional.empty()).build();
    assertThat(envelopes.message(bare).extensions()).hasSize(1);
  }

  @Test
  void aBrokenValueOfAKnownExtensionIsCarried() throws Exception {
    MessageTransferEnvelope in =
        message(standard(5, "2", "0500"), standard(20, "2", "0201FF"), standard(38, "", "3000"))
            .build();

    assertThat(envelopes.read(in, NOW, SOURCE).label()).isEmpty();
    assertThat(through(in)).isEqualTo(in);
  }

  @Test
  void theOldExplicitExtensionTypeIsUnderstoodAndNeverSent() throws Exception {
    // ExtensionField with type A0 03 02 01 17 (old) for content-correlator
    ExtensionField old =
        ExtensionField.CODEC.decode(Octets.ofHex("3010 A003 020117 A209 1607 41424344454647"));
    Envelope envelope = envelopes.read(message(old).build(), NOW, SOURCE);

    assertThat(envelope.identification().contentCorrelator())
        .contains(Bytes.ofHex("160741424344454647"));
    ExtensionField out = envelopes.message(envelope).extensions().getFirst();
    assertThat(ExtensionField.CODEC.encode(out))
        .isEqualTo(Octets.ofHex("300E 8001 17 A209 1607 41424344454647"));
  }

  @ParameterizedTest
  @EnumSource(Precedence.class)
  void thePrecedencePairsBothWays(Precedence precedence) throws Exception {
    Envelope plain = envelopes.read(message().build(), NOW, SOURCE);
    Envelope envelope = plain.change().precedence(precedence).build();

    MessageTransferEnvelope out = envelopes.message(envelope);

    PrecedencePairing.Pair pair = PrecedencePairing.COMMON.pair(precedence);
    assertThat(out.priority()).isEqualTo(pair.priority());
    // Private extension 1.3.26.0.4406.0.8.0, ENUMERATED high
    assertThat(out.extensions())
        .hasSize(pair.high() ? 1 : 0)
        .allMatch(e -> ExtensionField.CODEC.encode(e).hex(99).contains("2b1a00a23600080"));
    assertThat(envelopes.read(out, NOW, SOURCE).precedence()).isEqualTo(precedence);
    assertThat(through(out)).isEqualTo(out);
  }

  @Test
  void aLowQualifierThatCameGoes() throws Exception {
    ExtensionField low =
        new ExtensionField(
            new ExtensionType.PrivateExtension(X411.ID_NATO_MMTS_PRIORITY_LEVEL_QUALIFIER),
            BitString.EMPTY,
            new Any(Octets.ofHex("0A0100")));
    MessageTransferEnvelope in = message(low).priority(Priority.URGENT).build();

    Envelope envelope = envelopes.read(in, NOW, SOURCE);

    assertThat(envelope.precedence()).isEqualTo(Precedence.FLASH);
    assertThat(envelopes.message(envelope)).isEqualTo(in);
    assertThat(
            envelopes
                .message(envelope.change().precedence(Precedence.OVERRIDE).build())
                .extensions())
        .hasSize(1);
  }

  @Test
  void carriesProbes() throws Exception {
    ProbeTransferEnvelope in =
        ProbeTransferEnvelope.builder()
            .probeIdentifier(new MTSIdentifier(domain("A"), Text.ia5("probe")))
            .originatorName(name("Sender"))
            .contentType(
                new ContentType.Extended(
                    org.heliograph.asn1.ObjectIdentifier.of("1.3.26.0.4406.0.4.1")))
            .contentLength(1234L)
            .traceInformation(List.of(trace("A", "260301115900Z")))
            .perRecipientFields(
                List.of(
                    new PerRecipientProbeTransferFields(
                        name("R"), 1, new BitString(Octets.ofHex("98"), 0), 0L, List.of())))
            .build();

    Envelope envelope = envelopes.read(in, NOW, SOURCE);

    assertThat(envelope.kind()).isEqualTo(Envelope.Kind.PROBE);
    assertThat(envelopes.probe(envelope)).isEqualTo(in);
  }

  @Test
  void refusesWhatP1CannotSay() throws Exception {
    Envelope envelope = envelopes.read(message().build(), NOW, SOURCE);

    assertThatThrownBy(
            () ->
                envelopes.message(
                    envelope.change().originator(Mailbox.parse("a@example.org")).build()))
        .hasMessageContaining("a@example.org is no O/R address");
    assertThatThrownBy(
            () -> envelopes.message(envelope.change().originator(Optional.empty()).build()))
        .hasMessageContaining("originator");
  }

  @Test
  void aPeerCannotSmuggleWhatIsKeptInside() throws Exception {
    Extension inner = Kept.CONTENT_LENGTH.of(Bytes.ofHex("020105"));
    Oid oid = ((Extension.Private) inner.type()).oid();
    ExtensionField field =
        new ExtensionField(
            new ExtensionType.PrivateExtension(
                org.heliograph.asn1.ObjectIdentifier.of(oid.dotted())),
            BitString.EMPTY,
            new Any(Octets.ofHex("020105")));

    assertThat(envelopes.read(message(field).build(), NOW, SOURCE).extensions()).isEmpty();
  }
}
