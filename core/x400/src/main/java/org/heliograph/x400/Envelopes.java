package org.heliograph.x400;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x411.ExtensionField;
import org.heliograph.asn1.x411.MTSIdentifier;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.PerDomainBilateralInformation;
import org.heliograph.asn1.x411.PerDomainBilateralInformationList;
import org.heliograph.asn1.x411.PerRecipientMessageTransferFields;
import org.heliograph.asn1.x411.PerRecipientProbeTransferFields;
import org.heliograph.asn1.x411.Priority;
import org.heliograph.asn1.x411.PriorityLevelQualifier;
import org.heliograph.asn1.x411.ProbeTransferEnvelope;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Address;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Extension;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.jspecify.annotations.Nullable;

/**
 * Message and probe transfer envelopes (X.411 12.2.1.1, 12.2.1.2) between ASN.1 and the model.
 *
 * <p>What is read and written again is equal, field for field; what the model has no place for goes
 * along as {@link Kept}. Trace is written as it stands: whoever transfers adds its own element.
 * Thread-safe.
 */
public final class Envelopes {
  private static final Extension.Type QUALIFIER =
      new Extension.Private(Raw.oid(X411.ID_NATO_MMTS_PRIORITY_LEVEL_QUALIFIER));

  private final PrecedencePairing pairing;

  public Envelopes(PrecedencePairing pairing) {
    this.pairing = pairing;
  }

  /**
   * Reads the envelope of a message.
   *
   * @param arrived when it arrived here
   * @throws DecodeException if an address or the number of recipients is beyond what can be carried
   */
  public Envelope read(MessageTransferEnvelope in, Instant arrived, Source source)
      throws DecodeException {
    List<Extension> extensions = ExtensionFields.read(in.extensions());
    EnvelopeBuilder out =
        Envelope.message(Types.read(in.contentType()), arrived, source)
            .originator(OrNames.read(in.originatorName()))
            .precedence(precedence(in.priority(), extensions));
    common(
        out,
        extensions,
        in.messageIdentifier(),
        in.contentIdentifier(),
        in.originalEncodedInformationTypes(),
        in.perMessageIndicators(),
        in.perDomainBilateralInformation());
    if (in.deferredDeliveryTime() != null) {
      Time time = in.deferredDeliveryTime();
      out.deferUntil(Optional.of(time.instant()));
      if (!Times.write(time.instant()).equals(time)) {
        Parts.keep(extensions, Kept.DEFERRED_DELIVERY_TIME, Codecs.UTC_TIME, time);
      }
    }
    out.trace(Traces.read(in.traceInformation())).extensions(extensions);
    int number = 0;
    for (PerRecipientMessageTransferFields r : in.perRecipientFields()) {
      out.recipient(
          recipient(
              ++number,
              r.recipientName(),
              r.originallySpecifiedRecipientNumber(),
              r.perRecipientIndicators(),
              r.explicitConversion(),
              r.extensions()));
    }
    return out.build();
  }

  /**
   * Reads the envelope of a probe.
   *
   * @param arrived when it arrived here
   * @throws DecodeException if an address or the number of recipients is beyond what can be carried
   */
  public Envelope read(ProbeTransferEnvelope in, Instant arrived, Source source)
      throws DecodeException {
    List<Extension> extensions = ExtensionFields.read(in.extensions());
    EnvelopeBuilder out =
        Envelope.message(Types.read(in.contentType()), arrived, source)
            .kind(Envelope.Kind.PROBE)
            .originator(OrNames.read(in.originatorName()))
            .precedence(precedence(Priority.NORMAL, extensions));
    common(
        out,
        extensions,
        in.probeIdentifier(),
        in.contentIdentifier(),
        in.originalEncodedInformationTypes(),
        in.perMessageIndicators(),
        in.perDomainBilateralInformation());
    if (in.contentLength() != null) {
      Parts.keep(extensions, Kept.CONTENT_LENGTH, Codecs.INTEGER, in.contentLength());
    }
    out.trace(Traces.read(in.traceInformation())).extensions(extensions);
    int number = 0;
    for (PerRecipientProbeTransferFields r : in.perRecipientFields()) {
      out.recipient(
          recipient(
              ++number,
              r.recipientName(),
              r.originallySpecifiedRecipientNumber(),
              r.perRecipientIndicators(),
              r.explicitConversion(),
              r.extensions()));
    }
    return out.build();
  }

  /**
   * The envelope of a message.
   *
   * @throws IllegalArgumentException naming what P1 cannot say: an Internet address, no MTS
   *     identifier
   */
  public MessageTransferEnvelope message(Envelope in) {
    List<Extension> extensions = extensions(in);
    List<PerRecipientMessageTransferFields> recipients = new ArrayList<>();
    for (Recipient r : in.recipients()) {
      recipients.add(
          new PerRecipientMessageTransferFields(
              OrNames.name(Parts.x400(r.address())),
              Parts.bounded(r.originalNumber()),
              indicators(r),
              Parts.kept(Kept.EXPLICIT_CONVERSION, Codecs.INTEGER, r.extensions()),
              ExtensionFields.write(r.extensions())));
    }
    return MessageTransferEnvelope.builder()
        .messageIdentifier(identifier(in))
        .originatorName(OrNames.name(Parts.x400(originator(in))))
        .originalEncodedInformationTypes(encodedTypes(in))
        .contentType(Types.write(in.contentType()))
        .contentIdentifier(Parts.contentIdentifier(in.identification()))
        .priority(qualify(in.precedence(), extensions))
        .perMessageIndicators(indicators(in))
        .deferredDeliveryTime(deferred(in))
        .perDomainBilateralInformation(bilateral(in))
        .traceInformation(Traces.write(in.trace()))
        .extensions(ExtensionFields.write(extensions))
        .perRecipientFields(recipients)
        .build();
  }

  /**
   * The envelope of a probe.
   *
   * @throws IllegalArgumentException naming what P1 cannot say
   */
  public ProbeTransferEnvelope probe(Envelope in) {
    List<PerRecipientProbeTransferFields> recipients = new ArrayList<>();
    for (Recipient r : in.recipients()) {
      recipients.add(
          new PerRecipientProbeTransferFields(
              OrNames.name(Parts.x400(r.address())),
              Parts.bounded(r.originalNumber()),
              indicators(r),
              Parts.kept(Kept.EXPLICIT_CONVERSION, Codecs.INTEGER, r.extensions()),
              ExtensionFields.write(r.extensions())));
    }
    return ProbeTransferEnvelope.builder()
        .probeIdentifier(identifier(in))
        .originatorName(OrNames.name(Parts.x400(originator(in))))
        .originalEncodedInformationTypes(encodedTypes(in))
        .contentType(Types.write(in.contentType()))
        .contentIdentifier(Parts.contentIdentifier(in.identification()))
        .contentLength(Parts.kept(Kept.CONTENT_LENGTH, Codecs.INTEGER, in.extensions()))
        .perMessageIndicators(indicators(in))
        .perDomainBilateralInformation(bilateral(in))
        .traceInformation(Traces.write(in.trace()))
        .extensions(ExtensionFields.write(extensions(in)))
        .perRecipientFields(recipients)
        .build();
  }

  private static void common(
      EnvelopeBuilder out,
      List<Extension> extensions,
      MTSIdentifier identifier,
      @Nullable Text contentIdentifier,
      org.heliograph.asn1.x411.@Nullable EncodedInformationTypes types,
      BitString indicators,
      @Nullable List<PerDomainBilateralInformation> bilateral) {
    MtsIdentifier id = Domains.read(identifier);
    if (!Domains.write(id).equals(identifier)) {
      Parts.keep(extensions, Kept.IDENTIFIER, MTSIdentifier.CODEC, identifier);
    }
    out.identification(
        Identification.none()
            .withMtsIdentifier(id)
            .withContentIdentifier(Optional.ofNullable(contentIdentifier).map(Raw::characters))
            .withContentCorrelator(Slot.CORRELATOR.take(extensions)));
    if (types != null) {
      out.encodedInformationTypes(Types.read(types));
      Parts.keepTypes(extensions, types);
    }
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    take(Slot.REASSIGNMENT_PROHIBITED, Flag.RECIPIENT_REASSIGNMENT_PROHIBITED, extensions, flags);
    take(Slot.DL_EXPANSION_PROHIBITED, Flag.DL_EXPANSION_PROHIBITED, extensions, flags);
    take(
        Slot.CONVERSION_WITH_LOSS_PROHIBITED,
        Flag.CONVERSION_WITH_LOSS_PROHIBITED,
        extensions,
        flags);
    out.handling(Indicators.handling(indicators, flags));
    if (!Indicators.write(Indicators.handling(indicators, flags)).equals(indicators)) {
      Parts.keep(extensions, Kept.PER_MESSAGE_INDICATORS, Codecs.BIT_STRING, indicators);
    }
    if (bilateral != null) {
      Parts.keep(
          extensions,
          Kept.BILATERAL_INFORMATION,
          PerDomainBilateralInformationList.CODEC,
          bilateral);
    }
    out.latestDelivery(Slot.LATEST_DELIVERY.take(extensions));
    out.label(Slot.LABEL.take(extensions));
    out.internalTrace(Slot.INTERNAL_TRACE.take(extensions).orElse(List.of()));
  }

  private static void take(
      Slot<Boolean> slot, Flag flag, List<Extension> extensions, Set<Flag> flags) {
    if (slot.take(extensions).isPresent()) {
      flags.add(flag);
    }
  }

  private static void put(Slot<Boolean> slot, Flag flag, Envelope in, List<Extension> extensions) {
    slot.put(extensions, in.handling().has(flag) ? Optional.of(true) : Optional.empty());
  }

  /** All extensions of a message or probe, those from components among them. */
  private static List<Extension> extensions(Envelope in) {
    List<Extension> extensions = new ArrayList<>(in.extensions());
    put(Slot.REASSIGNMENT_PROHIBITED, Flag.RECIPIENT_REASSIGNMENT_PROHIBITED, in, extensions);
    put(Slot.DL_EXPANSION_PROHIBITED, Flag.DL_EXPANSION_PROHIBITED, in, extensions);
    put(Slot.CONVERSION_WITH_LOSS_PROHIBITED, Flag.CONVERSION_WITH_LOSS_PROHIBITED, in, extensions);
    Slot.LATEST_DELIVERY.put(extensions, in.latestDelivery());
    Slot.LABEL.put(extensions, in.label());
    Slot.CORRELATOR.put(extensions, in.identification().contentCorrelator());
    Slot.INTERNAL_TRACE.put(
        extensions,
        in.internalTrace().isEmpty() ? Optional.empty() : Optional.of(in.internalTrace()));
    return extensions;
  }

  private static Recipient recipient(
      int number,
      ORName name,
      long original,
      BitString indicators,
      @Nullable Long conversion,
      List<ExtensionField> fields)
      throws DecodeException {
    List<Extension> extensions = ExtensionFields.read(fields);
    boolean responsible = Indicators.responsible(indicators);
    if (!Indicators.write(responsible, Indicators.request(indicators)).equals(indicators)) {
      Parts.keep(extensions, Kept.PER_RECIPIENT_INDICATORS, Codecs.BIT_STRING, indicators);
    }
    if (conversion != null) {
      Parts.keep(extensions, Kept.EXPLICIT_CONVERSION, Codecs.INTEGER, conversion);
    }
    return new Recipient(
        new RecipientId(number),
        OrNames.read(name),
        Math.clamp(original, 0, Integer.MAX_VALUE),
        responsible,
        Indicators.request(indicators),
        Optional.empty(),
        extensions);
  }

  private static BitString indicators(Recipient r) {
    BitString bits = Parts.kept(Kept.PER_RECIPIENT_INDICATORS, Codecs.BIT_STRING, r.extensions());
    if (bits != null && Indicators.sameAs(bits, r.reportRequest())) {
      return bits.with(0, r.responsible());
    }
    return Indicators.write(r.responsible(), r.reportRequest());
  }

  private static BitString indicators(Envelope in) {
    BitString bits = Parts.kept(Kept.PER_MESSAGE_INDICATORS, Codecs.BIT_STRING, in.extensions());
    return bits != null && Indicators.sameAs(bits, in.handling())
        ? bits
        : Indicators.write(in.handling());
  }

  private static org.heliograph.asn1.x411.@Nullable EncodedInformationTypes encodedTypes(
      Envelope in) {
    return Parts.encodedTypes(in.encodedInformationTypes(), in.extensions());
  }

  private static @Nullable Time deferred(Envelope in) {
    Time kept = Parts.kept(Kept.DEFERRED_DELIVERY_TIME, Codecs.UTC_TIME, in.extensions());
    if (in.deferUntil().isEmpty()) {
      return null;
    }
    Instant time = in.deferUntil().get();
    return kept != null && kept.instant().equals(time) ? kept : Times.write(time);
  }

  private static @Nullable List<PerDomainBilateralInformation> bilateral(Envelope in) {
    return Parts.kept(
        Kept.BILATERAL_INFORMATION, PerDomainBilateralInformationList.CODEC, in.extensions());
  }

  private static MTSIdentifier identifier(Envelope in) {
    return Parts.identifier(in.identification(), Kept.IDENTIFIER, in.extensions(), "the message");
  }

  private static Address originator(Envelope in) {
    return in.originator()
        .orElseThrow(() -> new IllegalArgumentException("a message in P1 needs an originator"));
  }

  private Precedence precedence(Priority priority, List<Extension> extensions) {
    return pairing.precedence(priority, qualifier(extensions).orElse(false));
  }

  private static Optional<Boolean> qualifier(List<Extension> extensions) {
    for (Extension e : extensions) {
      if (e.type().equals(QUALIFIER)) {
        try {
          PriorityLevelQualifier q = PriorityLevelQualifier.CODEC.decode(Raw.octets(e.value()));
          return Optional.of(q == PriorityLevelQualifier.HIGH);
        } catch (DecodeException broken) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The priority; the qualifier goes into the extensions where it is high or came in. */
  private Priority qualify(Precedence precedence, List<Extension> extensions) {
    PrecedencePairing.Pair pair = pairing.pair(precedence);
    if (qualifier(extensions).orElse(false) != pair.high()) {
      Set<Extension.Criticality> criticality =
          extensions.stream()
              .filter(e -> e.type().equals(QUALIFIER))
              .findFirst()
              .map(Extension::criticality)
              .orElse(Set.of());
      extensions.removeIf(e -> e.type().equals(QUALIFIER));
      if (pair.high()) {
        extensions.add(
            new Extension(
                QUALIFIER,
                criticality,
                Raw.bytes(PriorityLevelQualifier.CODEC.encode(PriorityLevelQualifier.HIGH))));
      }
    }
    return pair.priority();
  }
}
