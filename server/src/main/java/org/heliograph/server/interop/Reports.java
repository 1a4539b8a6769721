package org.heliograph.server.interop;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.heliograph.server.interop.Arrivals.Arrived;

/** Reports: of delivery, of non-delivery for each cause, on probes, and none where none is due. */
final class Reports {
  private static final String REPORT_TRANSFER = "X.411 12.2.1.3";
  private static final String NON_DELIVERY = "X.411 8.3.1.2.1.8, 8.3.1.2.1.9";

  private static final Oid PRIVATE = new Oid("1.3.6.1.4.1.32473.4406.1");

  private Reports() {}

  static List<Case> cases() {
    return List.of(
        Case.of("delivery report", REPORT_TRANSFER, Reports::delivery),
        Case.of("non-delivery of an unknown recipient", NON_DELIVERY, Reports::unknown),
        Case.of("content returned on request", "X.411 8.2.1.1.1.32", Reports::returned),
        Case.of(
            "no delivery report where none is wanted", "X.411 8.2.1.1.1.22, 14.3", Reports::none),
        Case.of("unknown extension critical for transfer", "X.411 9.1, 14.3.4", Reports::critical),
        Case.of(
            "unknown extension critical for delivery",
            "X.411 9.1, 14.3.4",
            Reports::criticalForDelivery),
        Case.of("loop detected by trace", "X.411 14.3.1", Reports::loop),
        Case.of("probe of a recipient", "X.411 12.2.1.2", Reports::probe),
        Case.of("probe of an unknown recipient", "X.411 12.2.1.2", Reports::unknownProbe));
  }

  static final Verdict NO_WAY_BACK =
      Verdict.notSupported("the peer file has no listen: reports cannot come back");

  private static Envelope message(Exchange exchange, OrAddress to, Set<Event> events) {
    return exchange.message(ContentTypes.P22, to, events).build();
  }

  static Octets text(Exchange exchange, String subject) {
    return Contents.of(ContentTypes.P22, exchange, subject);
  }

  /** What a report says about its first recipient. */
  static String what(Arrived arrived) {
    ReportedRecipient first = arrived.envelope().report().orElseThrow().recipients().getFirst();
    return switch (first.result()) {
      case ReportedRecipient.Delivered delivered -> "delivered at " + delivered.at();
      case ReportedRecipient.Failed failed ->
          "not delivered, "
              + failed.failure().x400().map(X400Code::toString).orElse(failed.failure().text())
              + first.supplementary().map(s -> " (" + s + ")").orElse("");
      default -> first.result().toString();
    };
  }

  /** Sends, and waits for the report. */
  static Optional<Verdict> trouble(Exchange exchange, Envelope envelope, Octets content)
      throws IOException, InterruptedException {
    return exchange
        .send(envelope, content)
        .map(problem -> Verdict.fail(problem, exchange.evidence()));
  }

  static Verdict noReport(Exchange exchange) {
    List<String> undecodable = exchange.arrivals().quarantined();
    return Verdict.fail(
        "confirmed, but no report came within "
            + exchange.patience().toSeconds()
            + " s"
            + (undecodable.isEmpty() ? "" : "; undecodable: " + undecodable.getLast()),
        exchange.evidence());
  }

  private static Verdict delivery(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    Envelope envelope =
        message(exchange, exchange.recipient(), Set.of(Event.DELIVERY, Event.NON_DELIVERY));
    Optional<Verdict> trouble = trouble(exchange, envelope, text(exchange, "delivery report"));
    if (trouble.isPresent()) {
      return trouble.get();
    }
    Optional<Arrived> report = exchange.report(envelope, exchange.patience());
    return report.map(r -> delivered(exchange, r, envelope)).orElseGet(() -> noReport(exchange));
  }

  static Verdict delivered(Exchange exchange, Arrived report, Envelope about) {
    ReportedRecipient first = report.envelope().report().orElseThrow().recipients().getFirst();
    if (!(first.result() instanceof ReportedRecipient.Delivered)) {
      return Verdict.fail("the report says: " + what(report), exchange.evidence());
    }
    boolean same =
        first.actual() instanceof OrAddress actual
            && about.recipients().getFirst().address() instanceof OrAddress wanted
            && actual.sameAs(wanted);
    return same || first.original().isPresent()
        ? Verdict.pass(what(report))
        : Verdict.fail(
            "the report speaks of " + first.actual().display() + ", who was not addressed",
            exchange.evidence());
  }

  /** Sends to where it must fail, and looks at reason and diagnostic. */
  static Verdict fails(
      Exchange exchange, Envelope envelope, Octets content, Set<Integer> diagnostics)
      throws IOException, InterruptedException {
    Optional<Verdict> trouble = trouble(exchange, envelope, content);
    if (trouble.isPresent()) {
      return trouble.get();
    }
    Optional<Arrived> report = exchange.report(envelope, exchange.patience());
    if (report.isEmpty()) {
      return noReport(exchange);
    }
    return failed(exchange, report.get(), diagnostics);
  }

  private static Verdict failed(Exchange exchange, Arrived report, Set<Integer> diagnostics) {
    ReportedRecipient first = report.envelope().report().orElseThrow().recipients().getFirst();
    if (!(first.result() instanceof ReportedRecipient.Failed(Failure failure))) {
      return Verdict.fail("the report says: " + what(report), exchange.evidence());
    }
    boolean right =
        failure.x400().isPresent()
            && failure.x400().get().diagnostic().isPresent()
            && diagnostics.contains(failure.x400().get().diagnostic().getAsInt());
    return right
        ? Verdict.pass(what(report))
        : Verdict.fail(
            "the report says: " + what(report) + "; expected diagnostic " + diagnostics,
            exchange.evidence());
  }

  private static Verdict unknown(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.unknown().isEmpty() || !exchange.returns()) {
      return exchange.returns()
          ? Verdict.notSupported("the peer file names no unknown recipient")
          : NO_WAY_BACK;
    }
    return fails(
        exchange,
        message(exchange, exchange.unknown().get(), Set.of(Event.NON_DELIVERY)),
        text(exchange, "unknown recipient"),
        Set.of(0));
  }

  private static Verdict returned(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.unknown().isEmpty() || !exchange.returns()) {
      return exchange.returns()
          ? Verdict.notSupported("the peer file names no unknown recipient")
          : NO_WAY_BACK;
    }
    Envelope envelope =
        exchange
            .message(ContentTypes.P22, exchange.unknown().get(), Set.of(Event.NON_DELIVERY))
            .handling(
                new Handling(Set.of(), Handling.ContentReturn.FULL, Handling.BodyType.SEVEN_BIT))
            .build();
    Octets content = text(exchange, "content return");
    Optional<Verdict> trouble = trouble(exchange, envelope, content);
    if (trouble.isPresent()) {
      return trouble.get();
    }
    Optional<Arrived> report = exchange.report(envelope, exchange.patience());
    if (report.isEmpty()) {
      return noReport(exchange);
    }
    if (report.get().envelope().report().orElseThrow().returned() == Report.Returned.NOTHING
        || report.get().length() == 0) {
      return Verdict.notSupported("the report returns no content, which is optional");
    }
    return report.get().digest().equals(Arrivals.digest(content.toByteArray()))
        ? Verdict.pass("the report returns the " + content.length() + " octets as they were")
        : Verdict.fail("the returned content is not what was sent", exchange.evidence());
  }

  /** The originating MTA hears of non-delivery always; of delivery only if it asks. */
  private static Verdict none(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    Envelope envelope = message(exchange, exchange.recipient(), Set.of(Event.NON_DELIVERY));
    Optional<Verdict> trouble = trouble(exchange, envelope, text(exchange, "no report"));
    if (trouble.isPresent()) {
      return trouble.get();
    }
    Optional<Arrived> report = exchange.report(envelope, exchange.patience().dividedBy(4));
    return report
        .map(r -> Verdict.fail("a report came: " + what(r), exchange.evidence()))
        .orElseGet(() -> Verdict.pass("none came"));
  }

  private static Verdict critical(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    if (exchange.target().mode() == org.heliograph.osi.Mode.X410_1) {
      return Verdict.notSupported("P1 of 1984 has no extensions");
    }
    Envelope envelope =
        exchange
            .message(ContentTypes.P22, exchange.recipient(), Set.of(Event.NON_DELIVERY))
            .extensions(List.of(extension(Set.of(Extension.Criticality.TRANSFER))))
            .build();
    return fails(exchange, envelope, text(exchange, "critical extension"), Set.of(18));
  }

  private static Verdict criticalForDelivery(Exchange exchange)
      throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    if (exchange.target().mode() == org.heliograph.osi.Mode.X410_1) {
      return Verdict.notSupported("P1 of 1984 has no extensions");
    }
    Envelope envelope =
        exchange
            .message(ContentTypes.P22, exchange.recipient(), Set.of(Event.NON_DELIVERY))
            .extensions(List.of(extension(Set.of(Extension.Criticality.DELIVERY))))
            .build();
    return fails(exchange, envelope, text(exchange, "critical for delivery"), Set.of(18));
  }

  /** A private extension that nobody knows; the value is NULL. */
  static Extension extension(Set<Extension.Criticality> criticality) {
    return new Extension(new Extension.Private(PRIVATE), criticality, Bytes.of(new byte[] {5, 0}));
  }

  private static Verdict loop(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    Instant now = Instant.now();
    Envelope straight = message(exchange, exchange.recipient(), Set.of(Event.NON_DELIVERY));
    // Back for the second time: after a first return an MTA may reroute, after its own rerouting
    // it may not.
    Envelope envelope =
        straight
            .change()
            .trace(
                List.of(
                    Exchange.trace(exchange.ourDomain(), Optional.empty(), now.minusSeconds(30)),
                    rerouted(
                        Exchange.trace(
                            exchange.theirDomain(), Optional.empty(), now.minusSeconds(20))),
                    Exchange.trace(exchange.ourDomain(), Optional.empty(), now)))
            .build();
    return fails(exchange, envelope, text(exchange, "loop"), Set.of(3));
  }

  private static TraceElement rerouted(TraceElement e) {
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

  private static Envelope asProbe(Envelope message) {
    return message.change().kind(Envelope.Kind.PROBE).build();
  }

  private static Verdict probe(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return NO_WAY_BACK;
    }
    Envelope envelope =
        asProbe(
            message(exchange, exchange.recipient(), Set.of(Event.DELIVERY, Event.NON_DELIVERY)));
    Optional<Verdict> trouble = trouble(exchange, envelope, Octets.empty());
    if (trouble.isPresent()) {
      return trouble.get();
    }
    Optional<Arrived> report = exchange.report(envelope, exchange.patience());
    return report.map(r -> delivered(exchange, r, envelope)).orElseGet(() -> noReport(exchange));
  }

  private static Verdict unknownProbe(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.unknown().isEmpty() || !exchange.returns()) {
      return exchange.returns()
          ? Verdict.notSupported("the peer file names no unknown recipient")
          : NO_WAY_BACK;
    }
    return fails(
        exchange,
        asProbe(message(exchange, exchange.unknown().get(), Set.of(Event.NON_DELIVERY))),
        Octets.empty(),
        Set.of(0));
  }
}
