package org.heliograph.p1;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.StepNo;
import org.heliograph.model.TraceElement;
import org.heliograph.osi.Mode;
import org.heliograph.x400.downgrade.CannotDowngrade;

/** Values that several tests use. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final ChannelName P1 = new ChannelName("p1");
  static final GlobalDomain ALPHA = domain("ALPHA");
  static final GlobalDomain BRAVO = domain("BRAVO");
  static final LocalMta LOCAL = new LocalMta("mta.bravo", BRAVO);

  private Samples() {}

  static GlobalDomain domain(String prmd) {
    return new GlobalDomain("XX", " ", Optional.of(prmd));
  }

  static OrAddress address(String prmd, String surname) {
    return new OrAddress(
        List.of(
            OrAttribute.of(Type.COUNTRY, "XX"),
            OrAttribute.of(Type.ADMD, " "),
            OrAttribute.of(Type.PRMD, prmd),
            OrAttribute.of(Type.SURNAME, surname)));
  }

  static TraceElement trace(GlobalDomain domain) {
    return TraceElement.relayed(
        domain, Optional.empty(), OffsetDateTime.ofInstant(NOW, ZoneOffset.UTC));
  }

  static TraceElement internal(GlobalDomain domain, String mta) {
    return TraceElement.relayed(
        domain, Optional.of(mta), OffsetDateTime.ofInstant(NOW, ZoneOffset.UTC));
  }

  static TraceElement doing(TraceElement e, TraceElement.OtherAction other) {
    return new TraceElement(
        e.domain(),
        e.mta(),
        e.arrival(),
        e.action(),
        e.attemptedDomain(),
        e.deferredUntil(),
        e.converted(),
        Set.of(other),
        e.unknown());
  }

  static TraceElement rerouted(TraceElement e) {
    return new TraceElement(
        e.domain(),
        e.mta(),
        e.arrival(),
        TraceElement.Action.REROUTED,
        e.attemptedDomain(),
        e.deferredUntil(),
        e.converted(),
        e.other(),
        e.unknown());
  }

  static Envelope message(String local, int recipients) {
    var builder =
        Envelope.message(ContentTypes.P22, NOW, Source.internal(P1))
            .originator(address("ALPHA", "Sender"))
            .identification(
                Identification.none().withMtsIdentifier(new MtsIdentifier(ALPHA, local)));
    for (int i = 1; i <= recipients; i++) {
      builder.recipient(Recipient.of(i, address("BRAVO", "R" + i)));
    }
    return builder.build();
  }

  static Envelope report(String subject) {
    Identification own =
        Identification.none().withMtsIdentifier(new MtsIdentifier(BRAVO, "report"));
    Report report =
        new Report(
            own,
            Identification.none().withMtsIdentifier(new MtsIdentifier(ALPHA, subject)),
            Optional.of(ContentTypes.P22),
            EncodedInformationTypes.none(),
            Optional.of(NOW),
            List.of(),
            "mta.bravo",
            Optional.of(BRAVO),
            Report.Returned.CONTENT,
            List.of(
                reported(1, new ReportedRecipient.Delivered(NOW, 1)),
                reported(
                    2,
                    new ReportedRecipient.Failed(
                        Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "nobody")))),
            List.of());
    return Envelope.report(report, ContentTypes.P22, NOW, Source.internal(P1))
        .identification(own)
        .recipient(Recipient.of(1, address("ALPHA", "Sender")))
        .build();
  }

  private static ReportedRecipient reported(int number, ReportedRecipient.Result result) {
    return new ReportedRecipient(
        address("BRAVO", "R" + number),
        Optional.empty(),
        number,
        result,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Alpha's, with no peers that it knows of. */
  static Departure departure() {
    return new Departure(
        new LocalMta("mta.alpha", ALPHA),
        org.heliograph.x400.PrecedencePairing.COMMON,
        PeerTable::of,
        () -> Agreements.NONE,
        () -> NOW);
  }

  /** An interpersonal message with the identifier {@code 1} and one IA5 text, {@code Hi}. */
  static byte[] ipm() {
    return Octets.ofHex("A011 3105 6B03130131 3008 A006 3100 16024869").toByteArray();
  }

  /** The APDU that {@code departure} makes for a peer of 1988. */
  static Octets apdu(Departure departure, Dispatch dispatch, Envelope envelope, Octets content)
      throws CannotDowngrade {
    return apdu(departure, dispatch, envelope, content, Mode.NORMAL);
  }

  static Octets apdu(
      Departure departure, Dispatch dispatch, Envelope envelope, Octets content, Mode mode)
      throws CannotDowngrade {
    Departure.Outgoing out = departure.outgoing(dispatch, envelope, content, mode);
    return departure.apdu(out.envelope(), out.content());
  }

  static Dispatch dispatch(String peer, Envelope envelope, int... recipients) {
    Set<RecipientId> ids =
        recipients.length == 0
            ? envelope.recipients().stream()
                .map(Recipient::id)
                .collect(java.util.stream.Collectors.toSet())
            : java.util.Arrays.stream(recipients)
                .mapToObj(RecipientId::new)
                .collect(java.util.stream.Collectors.toSet());
    return new Dispatch(
        new MessageId(1),
        ids,
        new StepNo(1),
        P1,
        new PeerName(peer),
        1,
        new Claim(new NodeId("test"), 1),
        Optional.empty());
  }
}
