package org.heliograph.mixer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.DeliveryStatus.Action;
import org.heliograph.mail.DsnReader;
import org.heliograph.mail.Entity;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Correlated;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Identification;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.x400.Domains;

/** Reports made of delivery status notifications (RFC 2156 5.1.8). */
final class DsnToReport {
  private static final int SUPPLEMENT = 256;

  private final MixerSettings settings;
  private final MailToX400 toX400;
  private final MtsIds identifiers;
  private final ReportNames names;
  private final Source source;

  DsnToReport(
      MixerSettings settings,
      MailToX400 toX400,
      MtsIds identifiers,
      ReportNames names,
      Source source) {
    this.settings = settings;
    this.toX400 = toX400;
    this.identifiers = identifiers;
    this.names = names;
    this.source = source;
  }

  /**
   * A report made of a delivery status notification.
   *
   * @param alsoMessage whether it also says what a report cannot: it then goes on as a message too
   */
  record FromDsn(Draft draft, boolean alsoMessage) {}

  /**
   * A notification about delivered and failed recipients of a message that is known here (5.1.8.3).
   *
   * @return empty if the message is no notification, or one that can only go on as a message
   */
  Optional<FromDsn> dsn(MixerShaper.Work work, Entity message, Desk desk)
      throws ConversionException, StoreUnavailable {
    Optional<DeliveryStatus> read;
    try {
      read = DsnReader.read(message, desk.content());
    } catch (MailSyntaxException e) {
      return Optional.empty();
    }
    if (read.isEmpty() || work.dispatch().recipients().size() != 1) {
      return Optional.empty();
    }
    DeliveryStatus status = read.get();
    Optional<Correlated> known = correlate(work, status);
    Optional<Identification> subject = subject(status, known);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    OffsetDateTime now = MailToX400.now(desk);
    Optional<OffsetDateTime> dated = message.header().body("Date").flatMap(MailDate::parse);
    Instant arrival = status.arrival().or(() -> dated).orElse(now).toInstant();
    List<ReportedRecipient> reported = new ArrayList<>();
    boolean others = false;
    for (DeliveryStatus.PerRecipient r : status.recipients()) {
      Optional<ReportedRecipient> said = reported(r, reported.size() + 1, known, arrival);
      said.ifPresent(reported::add);
      others |= said.isEmpty();
    }
    if (reported.isEmpty()) {
      return Optional.empty();
    }
    MailToX400.Mapping mapping = toX400.recipients(work.dispatch(), work.envelope());
    if (mapping.recipients().size() != 1) {
      return Optional.empty();
    }
    boolean failed =
        reported.stream().anyMatch(r -> r.result() instanceof ReportedRecipient.Failed);
    // what is reported about something made here is told about what it was made from, and then
    // nothing of the made message goes along
    boolean made = known.flatMap(Correlated::parent).isPresent();
    boolean whole = failed && !made;
    ContentType returnedType = ContentTypes.P22;
    ContentRef returned = ContentRef.empty();
    if (whole) {
      MailToX400.Content content =
          toX400.content(message, Author.NOBODY, "made." + work.dispatch().message() + "@x", desk);
      returned = MailToX400.store(content, desk);
      returnedType = content.type();
    }
    Identification own =
        Identification.none().withMtsIdentifier(identifiers.of(work, message.header()));
    Report report =
        new Report(
            own,
            subject.get(),
            Optional.of(returnedType),
            EncodedInformationTypes.none(),
            Optional.of(arrival),
            List.of(),
            ReportNames.cut(status.reportingMta(), 32),
            Optional.empty(),
            whole ? Report.Returned.DSN : Report.Returned.NOTHING,
            reported,
            made ? List.of() : extensions(message.header(), status));
    TraceFields.Traces traces =
        new TraceFields(settings)
            .ofMail(message.header(), Optional.empty(), EncodedInformationTypes.none(), now);
    Envelope envelope =
        Envelope.report(report, returnedType, work.envelope().submitted(), source)
            .recipients(
                mapping.recipients().stream()
                    .map(r -> r.withReportRequest(ReportRequest.never()))
                    .toList())
            .precedence(work.envelope().precedence())
            .identification(own)
            .trace(traces.trace())
            .internalTrace(traces.internal())
            .build();
    return Optional.of(new FromDsn(new Draft(envelope, returned, mapping.origin()), others));
  }

  /** Fields of a recipient's group that the report says in its own words (RFC 2156 5.1.8.3). */
  private static final Set<String> MAPPED =
      Set.of("original-recipient", "final-recipient", "action");

  private static final Set<String> TRACE = Set.of("received", "x400-received");

  private static List<Extension> extensions(Header header, DeliveryStatus status) {
    List<Extension> lists = new ArrayList<>();
    lists.addAll(DsnLists.of(DsnLists.HEADER, others(header, TRACE)));
    lists.addAll(DsnLists.of(DsnLists.FIELDS, others(status.fields(), Set.of())));
    return lists;
  }

  private static List<HeaderField> others(Header header, Set<String> mapped) {
    return header.fields().stream()
        .filter(f -> !f.name().isEmpty() && mapped.stream().noneMatch(f::is))
        .toList();
  }

  private static Optional<Correlated> correlate(MixerShaper.Work work, DeliveryStatus status)
      throws StoreUnavailable {
    Optional<Correlated> known = Optional.empty();
    if (status.envelopeId().isPresent()) {
      known =
          work.bench()
              .correlate(new UniqueKey(UniqueKey.Scheme.ENVELOPE_ID, status.envelopeId().get()));
    }
    if (known.isEmpty() && status.originalMessageId().isPresent()) {
      known =
          work.bench()
              .correlate(
                  new UniqueKey(UniqueKey.Scheme.MESSAGE_ID, status.originalMessageId().get()));
    }
    return known;
  }

  /** The names of what is reported on, as the queue knows it or as ENVID says it. */
  private Optional<Identification> subject(DeliveryStatus status, Optional<Correlated> known) {
    if (known.isPresent()) {
      Identification own = known.get().identification();
      // a message that was made here is rewritten by the queue; for another one X.400 needs a name
      return known.get().parent().isPresent() || own.mtsIdentifier().isPresent()
          ? Optional.of(own)
          : Optional.of(own.withMtsIdentifier(names.generated(own)));
    }
    Optional<String> id = status.envelopeId().filter(e -> e.startsWith(Correlators.MTS_IDENTIFIER));
    try {
      return id.map(
          e ->
              Identification.none()
                  .withMtsIdentifier(
                      Domains.parseMtsIdentifier(
                          e.substring(Correlators.MTS_IDENTIFIER.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a report says about one recipient; empty if only a message can say it. */
  private Optional<ReportedRecipient> reported(
      DeliveryStatus.PerRecipient r, int number, Optional<Correlated> known, Instant arrival) {
    Instant at = r.lastAttempt().map(OffsetDateTime::toInstant).orElse(arrival);
    ReportedRecipient.Result result;
    if (r.action() == Action.DELIVERED) {
      result = new ReportedRecipient.Delivered(at, 0);
    } else if (r.action() == Action.FAILED) {
      result = new ReportedRecipient.Failed(failure(r));
    } else {
      return Optional.empty();
    }
    Optional<OrAddress> actual =
        names.address(r.finalRecipient()).or(() -> r.original().flatMap(names::address));
    if (actual.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> said =
        r.diagnostic().map(d -> d.value() + r.remoteMta().map(m -> " (" + m + ")").orElse(""));
    return Optional.of(
        new ReportedRecipient(
            actual.get(),
            r.original().flatMap(names::address).flatMap(ReportNames::x400),
            number(r, number, known),
            result,
            Optional.of(at),
            r.remoteMta(),
            said.map(s -> ReportNames.cut(s, SUPPLEMENT)),
            Optional.empty(),
            known.flatMap(Correlated::parent).isPresent()
                ? List.of()
                : DsnLists.of(DsnLists.FIELDS, others(r.fields(), MAPPED))));
  }

  private static int number(
      DeliveryStatus.PerRecipient r, int otherwise, Optional<Correlated> known) {
    return known.stream()
        .flatMap(k -> k.recipients().stream())
        .filter(k -> k.address().display().equalsIgnoreCase(r.finalRecipient().value()))
        .map(Recipient::originalNumber)
        .findFirst()
        .orElse(otherwise);
  }

  private static Failure failure(DeliveryStatus.PerRecipient r) {
    String status = r.status().matches("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}") ? r.status() : "5.0.0";
    String text = r.diagnostic().map(DeliveryStatus.Typed::value).orElse("not delivered");
    Failure failure =
        Failure.of(cause(status.substring(2)), ReportNames.cut(text, 300))
            .withSmtp(new SmtpCode(status.charAt(0) == '4' ? 450 : 550, status));
    return CodeTables.withX400(failure);
  }

  private static Failure.Cause cause(String detail) {
    return switch (detail) {
      case "2.3", "3.4" -> Failure.Cause.TOO_LARGE;
      case "4.6" -> Failure.Cause.LOOP;
      case "4.7" -> Failure.Cause.EXPIRED;
      default ->
          switch (detail.charAt(0)) {
            case '1' -> Failure.Cause.UNKNOWN_RECIPIENT;
            case '6' -> Failure.Cause.CONVERSION_FAILED;
            case '7' -> Failure.Cause.POLICY;
            default -> Failure.Cause.REFUSED_BY_PEER;
          };
    };
  }
}
