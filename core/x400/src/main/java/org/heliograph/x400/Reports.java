package org.heliograph.x400;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.DeliveryReport;
import org.heliograph.asn1.x411.LastTraceInformation;
import org.heliograph.asn1.x411.MTSIdentifier;
import org.heliograph.asn1.x411.NonDeliveryReport;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.PerRecipientReportTransferFields;
import org.heliograph.asn1.x411.ReportTransferContent;
import org.heliograph.asn1.x411.ReportTransferEnvelope;
import org.heliograph.asn1.x411.ReportType;
import org.heliograph.asn1.x411.ReportingMTAName;
import org.heliograph.asn1.x411.TypeOfMTSUser;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrText;
import org.heliograph.model.OrTextException;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.Report.Returned;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.jspecify.annotations.Nullable;

/**
 * Report transfer envelope and content (X.411 12.2.1.3) between ASN.1 and the model. X.400 knows
 * delivered and not delivered: recipients that are relayed or delayed are left out when a report is
 * written, an expanded list is delivered to a list. Thread-safe.
 */
public final class Reports {
  private static final int DELIVERED_INDICATORS = 0xD0;
  private static final int FAILED_INDICATORS = 0xA8;
  private static final int MOST_SUPPLEMENT = 256;

  /**
   * Reads a report; what is returned of the subject is the content beside the envelope.
   *
   * @param in its {@code returned-content} may be empty octets when the content was streamed
   * @param arrived when it arrived here
   * @throws DecodeException if an address is beyond what can be carried
   */
  public Envelope read(org.heliograph.asn1.x411.Report in, Instant arrived, Source source)
      throws DecodeException {
    ReportTransferEnvelope e = in.envelope();
    ReportTransferContent c = in.content();
    List<Extension> outer = ExtensionFields.read(e.extensions());
    Identification own =
        Identification.none().withMtsIdentifier(Domains.read(e.reportIdentifier()));
    if (!Domains.write(Domains.read(e.reportIdentifier())).equals(e.reportIdentifier())) {
      Parts.keep(outer, Kept.IDENTIFIER, MTSIdentifier.CODEC, e.reportIdentifier());
    }
    List<TraceElement> trace = Traces.read(e.traceInformation());
    List<TraceElement> internal = Slot.INTERNAL_TRACE.take(outer).orElse(List.of());
    var label = Slot.LABEL.take(outer);
    Report report = report(own, c, reporter(outer, trace, internal));
    ContentType returned =
        c.returnedContent() == null || c.contentType() == null
            ? ContentTypes.UNIDENTIFIED
            : Types.read(c.contentType());
    return Envelope.report(report, returned, arrived, source)
        .identification(own)
        .recipient(Recipient.of(1, OrNames.read(e.reportDestinationName())))
        .trace(trace)
        .internalTrace(internal)
        .label(label)
        .extensions(outer)
        .build();
  }

  /**
   * The report APDU.
   *
   * @param returned what is returned of the subject; not read before the APDU is written out
   * @throws IllegalArgumentException naming what P1 cannot say, above all a report about nobody
   *     that is delivered or failed
   */
  public org.heliograph.asn1.x411.Report write(Envelope in, Octets returned) {
    Report report =
        in.report().orElseThrow(() -> new IllegalArgumentException("no report in the envelope"));
    List<Extension> outer = new ArrayList<>(in.extensions());
    Slot.LABEL.put(outer, in.label());
    Slot.INTERNAL_TRACE.put(
        outer, in.internalTrace().isEmpty() ? Optional.empty() : Optional.of(in.internalTrace()));
    Recipient destination =
        in.recipients().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a report without destination"));
    return new org.heliograph.asn1.x411.Report(
        new ReportTransferEnvelope(
            Parts.identifier(in.identification(), Kept.IDENTIFIER, in.extensions(), "the report"),
            OrNames.name(Parts.x400(destination.address())),
            Traces.write(in.trace()),
            ExtensionFields.write(outer)),
        content(report, returned));
  }

  /** The extension reporting-MTA-name, for a report that is made here. */
  public static Extension reportingMta(GlobalDomain domain, String mta) {
    return new Extension(
        new Extension.Standard((int) X411.REPORTING_MTA_NAME),
        java.util.Set.of(),
        Raw.bytes(
            ReportingMTAName.CODEC.encode(
                new ReportingMTAName(Domains.write(domain), Raw.ia5(mta), null))));
  }

  /** Who reports: domain and MTA. */
  private record Reporter(Optional<GlobalDomain> domain, String mta) {}

  private static Reporter reporter(
      List<Extension> outer, List<TraceElement> trace, List<TraceElement> internal) {
    for (Extension e : outer) {
      if (e.is((int) X411.REPORTING_MTA_NAME)) {
        try {
          ReportingMTAName name = ReportingMTAName.CODEC.decode(Raw.octets(e.value()));
          return new Reporter(
              Optional.of(Domains.read(name.domain())), Raw.characters(name.mtaName()));
        } catch (DecodeException broken) {
          // It goes on as it came; the trace says it too.
          break;
        }
      }
    }
    if (!internal.isEmpty()) {
      TraceElement first = internal.getFirst();
      return new Reporter(Optional.of(first.domain()), first.mta().orElse(""));
    }
    return new Reporter(trace.stream().findFirst().map(TraceElement::domain), "");
  }

  private static Report report(Identification own, ReportTransferContent c, Reporter reporter)
      throws DecodeException {
    List<Extension> inner = ExtensionFields.read(c.extensions());
    Identification subject =
        Identification.none()
            .withMtsIdentifier(Domains.read(c.subjectIdentifier()))
            .withContentIdentifier(Optional.ofNullable(c.contentIdentifier()).map(Raw::characters))
            .withContentCorrelator(Slot.CORRELATOR.take(inner));
    if (!Domains.write(Domains.read(c.subjectIdentifier())).equals(c.subjectIdentifier())) {
      Parts.keep(inner, Kept.SUBJECT_IDENTIFIER, MTSIdentifier.CODEC, c.subjectIdentifier());
    }
    if (c.originalEncodedInformationTypes() != null) {
      Parts.keepTypes(inner, c.originalEncodedInformationTypes());
    }
    if (c.additionalInformation() != null) {
      inner.add(Kept.ADDITIONAL_INFORMATION.of(Raw.bytes(c.additionalInformation().octets())));
    }
    List<ReportedRecipient> recipients = new ArrayList<>();
    for (PerRecipientReportTransferFields r : c.perRecipientFields()) {
      recipients.add(recipient(r, c.perRecipientFields().getFirst()));
    }
    if (recipients.isEmpty()) {
      throw new DecodeException(0, "a report about nobody");
    }
    return new Report(
        own,
        subject,
        Optional.ofNullable(c.contentType()).map(Types::read),
        c.originalEncodedInformationTypes() == null
            ? org.heliograph.model.EncodedInformationTypes.none()
            : Types.read(c.originalEncodedInformationTypes()),
        Optional.of(
            c.perRecipientFields().getFirst().lastTraceInformation().arrivalTime().instant()),
        Traces.read(c.subjectIntermediateTraceInformation()),
        reporter.mta(),
        reporter.domain(),
        c.returnedContent() == null ? Returned.NOTHING : Returned.CONTENT,
        recipients,
        inner);
  }

  private static ReportedRecipient recipient(
      PerRecipientReportTransferFields r, PerRecipientReportTransferFields first)
      throws DecodeException {
    List<Extension> extensions = ExtensionFields.read(r.extensions());
    LastTraceInformation last = r.lastTraceInformation();
    ReportedRecipient.Result result = result(last.reportType());
    Optional<org.heliograph.model.EncodedInformationTypes> converted =
        Optional.ofNullable(last.convertedEncodedInformationTypes()).map(Types::read);
    Parts.keep(
        extensions, Kept.PER_RECIPIENT_INDICATORS, Codecs.BIT_STRING, r.perRecipientIndicators());
    if (!lastTrace(first.lastTraceInformation().arrivalTime().instant(), result, converted)
        .equals(last)) {
      Parts.keep(extensions, Kept.LAST_TRACE, LastTraceInformation.CODEC, last);
    }
    Optional<OriginalRecipient> original = Optional.empty();
    if (r.originallyIntendedRecipientName() != null) {
      ORName name = r.originallyIntendedRecipientName();
      Parts.keep(extensions, Kept.ORIGINALLY_INTENDED_RECIPIENT, ORName.CODEC, name);
      original = Optional.of(new OriginalRecipient("x400", text(OrNames.read(name))));
    }
    return new ReportedRecipient(
        OrNames.read(r.actualRecipientName()),
        original,
        Math.clamp(r.originallySpecifiedRecipientNumber(), 0, Integer.MAX_VALUE),
        result,
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(r.supplementaryInformation()).map(Raw::characters),
        converted,
        extensions);
  }

  private static ReportedRecipient.Result result(ReportType type) {
    return switch (type) {
      case ReportType.Delivery d ->
          new ReportedRecipient.Delivered(
              d.value().messageDeliveryTime().instant(),
              Math.clamp(d.value().typeOfMTSUser(), Integer.MIN_VALUE, Integer.MAX_VALUE));
      case ReportType.NonDelivery n -> new ReportedRecipient.Failed(failure(n.value()));
    };
  }

  private static Failure failure(NonDeliveryReport n) {
    int reason = Math.clamp(n.nonDeliveryReasonCode(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    OptionalInt diagnostic =
        n.nonDeliveryDiagnosticCode() == null
            ? OptionalInt.empty()
            : OptionalInt.of(
                Math.clamp(n.nonDeliveryDiagnosticCode(), Integer.MIN_VALUE, Integer.MAX_VALUE));
    X400Code code = new X400Code(reason, diagnostic);
    return Failure.of(cause(code), "reported not delivered: " + code).withX400(code);
  }

  private static Failure.Cause cause(X400Code code) {
    for (Failure.Cause cause : Failure.Cause.values()) {
      if (code.diagnostic().isPresent()
          && Codes.of(Failure.of(cause, "")).diagnostic().equals(code.diagnostic())) {
        return cause;
      }
    }
    return Failure.Cause.REFUSED_BY_PEER;
  }

  private static ReportTransferContent content(Report report, Octets returned) {
    List<Extension> inner = new ArrayList<>(report.extensions());
    Slot.CORRELATOR.put(inner, report.subject().contentCorrelator());
    List<PerRecipientReportTransferFields> recipients = new ArrayList<>();
    for (ReportedRecipient r : report.recipients()) {
      if (!(r.result() instanceof ReportedRecipient.Relayed)
          && !(r.result() instanceof ReportedRecipient.Delayed)) {
        recipients.add(recipient(report, r));
      }
    }
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException(
          "a report in which nobody is delivered or failed has no X.400 form");
    }
    return ReportTransferContent.builder()
        .subjectIdentifier(
            Parts.identifier(
                report.subject(),
                Kept.SUBJECT_IDENTIFIER,
                report.extensions(),
                "the subject of the report"))
        .subjectIntermediateTraceInformation(
            report.subjectTrace().isEmpty() ? null : Traces.write(report.subjectTrace()))
        .originalEncodedInformationTypes(
            Parts.encodedTypes(report.subjectTypes(), report.extensions()))
        .contentType(
            report
                .subjectContentType()
                .filter(t -> !(t instanceof ContentType.Mail))
                .map(Types::write)
                .orElse(null))
        .contentIdentifier(Parts.contentIdentifier(report.subject()))
        .returnedContent(whole(report.returned()) ? returned : null)
        .additionalInformation(
            Kept.ADDITIONAL_INFORMATION.in(report.extensions()).map(Raw::any).orElse(null))
        .extensions(ExtensionFields.write(inner))
        .perRecipientFields(recipients)
        .build();
  }

  /** X.400 returns a content whole or not at all. */
  private static boolean whole(Returned returned) {
    return returned == Returned.CONTENT || returned == Returned.DSN;
  }

  private static PerRecipientReportTransferFields recipient(Report report, ReportedRecipient r) {
    BitString bits = Parts.kept(Kept.PER_RECIPIENT_INDICATORS, Codecs.BIT_STRING, r.extensions());
    boolean failed = r.result() instanceof ReportedRecipient.Failed;
    if (bits == null) {
      byte octet = (byte) (failed ? FAILED_INDICATORS : DELIVERED_INDICATORS);
      bits = new BitString(Octets.of(new byte[] {octet}), 0);
    }
    return PerRecipientReportTransferFields.builder()
        .actualRecipientName(OrNames.name(Parts.x400(r.actual())))
        .originallySpecifiedRecipientNumber(Parts.bounded(r.originalNumber()))
        .perRecipientIndicators(bits)
        .lastTraceInformation(last(report, r))
        .originallyIntendedRecipientName(intended(r))
        .supplementaryInformation(
            r.supplementary().map(s -> Raw.printable(printable(s))).orElse(null))
        .extensions(ExtensionFields.write(r.extensions()))
        .build();
  }

  private static LastTraceInformation last(Report report, ReportedRecipient r) {
    LastTraceInformation kept =
        Parts.kept(Kept.LAST_TRACE, LastTraceInformation.CODEC, r.extensions());
    if (kept != null && result(kept.reportType()).equals(r.result())) {
      return kept;
    }
    Instant arrival =
        report
            .subjectArrival()
            .or(r::lastAttempt)
            .orElseGet(
                () ->
                    switch (r.result()) {
                      case ReportedRecipient.Delivered d -> d.at();
                      case ReportedRecipient.Expanded e -> e.at();
                      default ->
                          throw new IllegalArgumentException(
                              "no time of arrival for " + r.actual().display());
                    });
    return lastTrace(arrival, r.result(), r.converted());
  }

  private static LastTraceInformation lastTrace(
      Instant arrival,
      ReportedRecipient.Result result,
      Optional<org.heliograph.model.EncodedInformationTypes> converted) {
    ReportType type =
        switch (result) {
          case ReportedRecipient.Delivered d ->
              new ReportType.Delivery(
                  new DeliveryReport(Times.write(d.at()), (long) d.typeOfUser()));
          case ReportedRecipient.Expanded e ->
              new ReportType.Delivery(new DeliveryReport(Times.write(e.at()), TypeOfMTSUser.DL));
          case ReportedRecipient.Failed f -> {
            X400Code code = Codes.of(f.failure());
            yield new ReportType.NonDelivery(
                new NonDeliveryReport(
                    code.reason(),
                    code.diagnostic().isPresent()
                        ? (Long) (long) code.diagnostic().getAsInt()
                        : null));
          }
          case ReportedRecipient.Relayed relayed ->
              throw new IllegalArgumentException("relayed has no X.400 form");
          case ReportedRecipient.Delayed delayed ->
              throw new IllegalArgumentException("delayed has no X.400 form");
          default -> throw new IllegalArgumentException("no X.400 form of " + result);
        };
    return new LastTraceInformation(
        Times.write(arrival), converted.map(Types::write).orElse(null), type);
  }

  private static @Nullable ORName intended(ReportedRecipient r) {
    ORName kept = Parts.kept(Kept.ORIGINALLY_INTENDED_RECIPIENT, ORName.CODEC, r.extensions());
    if (kept != null
        || r.original().isEmpty()
        || !r.original().get().addressType().equals("x400")) {
      return kept;
    }
    try {
      return OrNames.name(OrText.parsePrefix(r.original().get().address()));
    } catch (IllegalArgumentException e) {
      return null; // it came from elsewhere as text and is no O/R address
    }
  }

  /** As std-or where the address has that form, as a DSN wants it. */
  private static String text(OrAddress address) {
    try {
      return OrText.stdOr(address);
    } catch (OrTextException e) {
      return OrText.labelled(address);
    }
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(MOST_SUPPLEMENT)
        .forEach(c -> out.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
    return out.toString();
  }
}
