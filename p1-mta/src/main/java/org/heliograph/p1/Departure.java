package org.heliograph.p1;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Identification;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.osi.Mode;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;
import org.heliograph.x400.Reports;
import org.heliograph.x400.downgrade.CannotDowngrade;
import org.heliograph.x400.downgrade.Downgrade;
import org.heliograph.x400.downgrade.Downgraded;

/**
 * Makes the APDU of a dispatch (X.411 14.3): our trace, responsibility for the recipients of the
 * dispatch and no others, other recipients only where their disclosure is allowed.
 */
final class Departure {
  private final LocalMta local;
  private final Envelopes envelopes;
  private final Reports reports = new Reports();
  private final Downgrade downgrade;
  private final Supplier<PeerTable> peers;
  private final Supplier<Agreements> agreements;
  private final InstantSource clock;

  Departure(
      LocalMta local,
      PrecedencePairing pairing,
      Supplier<PeerTable> peers,
      Supplier<Agreements> agreements,
      InstantSource clock) {
    this.local = local;
    this.envelopes = new Envelopes(pairing);
    this.downgrade = new Downgrade(local.domain(), pairing);
    this.peers = peers;
    this.agreements = agreements;
    this.clock = clock;
  }

  /**
   * What goes to a peer.
   *
   * @param envelope as it leaves
   * @param content as it leaves, by reference
   * @param failed recipients that it does not go to
   * @param lost what the peer's P1 cannot say and was left out
   */
  record Outgoing(
      Envelope envelope, Octets content, Map<RecipientId, Failure> failed, List<String> lost) {}

  /**
   * The envelope and the content of a dispatch; in the words of 1984 for such a peer.
   *
   * @throws CannotDowngrade if that fails for all recipients
   * @throws IllegalArgumentException naming what P1 cannot say
   */
  Outgoing outgoing(Dispatch dispatch, Envelope envelope, Octets content, Mode mode)
      throws CannotDowngrade {
    Envelope out = leaving(dispatch, envelope);
    if (mode != Mode.X410_1) {
      return new Outgoing(out, content, Map.of(), List.of());
    }
    Downgraded down = downgrade.down(out, content);
    return new Outgoing(down.envelope(), down.content(), down.failed(), down.lost());
  }

  /**
   * The octets of the APDU; those of the content are referred to.
   *
   * @throws IllegalArgumentException naming what P1 cannot say
   */
  Octets apdu(Envelope out, Octets content) {
    return MTSAPDU.CODEC.encode(
        switch (out.kind()) {
          case MESSAGE -> new MTSAPDU.Message(new Message(envelopes.message(out), content));
          case PROBE -> new MTSAPDU.Probe(envelopes.probe(out));
          case REPORT -> new MTSAPDU.Report(reports.write(out, content));
        });
  }

  private Envelope leaving(Dispatch dispatch, Envelope envelope) {
    Envelope named = named(envelope, dispatch.message());
    boolean madeHere = named.trace().isEmpty();
    Envelope traced =
        rerouted(dispatch, released(Tracing.arrived(named, local, named.submitted())));
    Envelope ours =
        named.kind() == Envelope.Kind.REPORT
            ? madeHere ? signed(traced) : traced
            : traced.change().recipients(recipients(dispatch.recipients(), traced)).build();
    return Border.cross(ours, agreements.get().with(dispatch.peer()).leaving());
  }

  /** What was held here until its time says so, and asks nobody to hold it again. */
  private Envelope released(Envelope envelope) {
    Optional<Instant> until = envelope.deferUntil();
    if (until.isEmpty()
        || until.get().isAfter(clock.instant())
        || !until.get().isAfter(envelope.submitted())) {
      return envelope;
    }
    return Tracing.deferred(
        envelope.change().deferUntil(Optional.empty()).build(), local, until.get());
  }

  private Envelope rerouted(Dispatch dispatch, Envelope envelope) {
    Optional<PeerSettings> attempted = dispatch.attempted().flatMap(p -> peers.get().peer(p));
    return attempted
        .map(p -> Tracing.rerouted(envelope, local, p, agreements.get().with(p.name())))
        .orElse(envelope);
  }

  private static List<Recipient> recipients(Set<RecipientId> ours, Envelope envelope) {
    boolean disclosed = envelope.handling().has(Flag.DISCLOSURE_OF_OTHER_RECIPIENTS);
    List<Recipient> out = new ArrayList<>();
    for (Recipient r : envelope.recipients()) {
      if (ours.contains(r.id())) {
        out.add(r.withResponsible(true));
      } else if (disclosed && r.address() instanceof OrAddress) {
        out.add(r.withResponsible(false));
      }
    }
    if (out.isEmpty()) {
      throw new IllegalArgumentException("none of the dispatch's recipients is in the envelope");
    }
    return out;
  }

  /** With an MTS identifier, the same at every attempt. */
  private Envelope named(Envelope envelope, MessageId id) {
    Identification names = envelope.identification();
    if (names.mtsIdentifier().isPresent()) {
      return envelope;
    }
    String made =
        id + "." + Long.toString(envelope.submitted().toEpochMilli(), 36).toUpperCase(Locale.ROOT);
    return envelope
        .change()
        .identification(names.withMtsIdentifier(new MtsIdentifier(local.domain(), made)))
        .build();
  }

  /** A report that is made here names who makes it, beside the trace. */
  private static Envelope signed(Envelope envelope) {
    Optional<Report> report = envelope.report();
    if (report.isEmpty()
        || report.get().reportingDomain().isEmpty()
        || report.get().reportingMta().isEmpty()) {
      return envelope;
    }
    Extension name =
        Reports.reportingMta(report.get().reportingDomain().get(), report.get().reportingMta());
    if (envelope.extensions().stream().anyMatch(e -> e.type().equals(name.type()))) {
      return envelope;
    }
    List<Extension> extensions = new ArrayList<>(envelope.extensions());
    extensions.add(name);
    return envelope.change().extensions(extensions).build();
  }
}
