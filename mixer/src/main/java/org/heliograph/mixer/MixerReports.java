package org.heliograph.mixer;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.DeliveryStatus.Action;
import org.heliograph.mail.DsnReader;
import org.heliograph.mail.Entity;
import org.heliograph.mail.Header;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.Address;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Correlated;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.x400.Domains;

/** Reports of the one world in the other (RFC 2156 5.1.8, 5.3.8). */
final class MixerReports {
  private static final int SUPPLEMENT = 256;

  private final MixerSettings settings;
  private final MailToX400 toX400;
  private final X400ToMail toMail;
  private final MtsIds identifiers;
  private final Source source;

  MixerReports(
      MixerSettings settings,
      MailToX400 toX400,
      X400ToMail toMail,
      MtsIds identifiers,
      Source source) {
    this.settings = settings;
    this.toX400 = toX400;
    this.toMail = toMail;
    this.identifiers = identifiers;
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
    boolean whole = failed && known.flatMap(Correlated::parent).isEmpty();
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
            cut(status.reportingMta(), 32),
            Optional.empty(),
            whole ? Report.Returned.DSN : Report.Returned.NOTHING,
            reported,
            List.of());
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
      Identification names = known.get().identification();
      // a message that was made here is rewritten by the queue; for another one X.400 needs a name
      return known.get().parent().isPresent() || names.mtsIdentifier().isPresent()
          ? Optional.of(names)
          : Optional.of(names.withMtsIdentifier(generated(names)));
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

  /** RFC 2156 5.1.8.3: a subject identifier where the world of the subject had none. */
  private MtsIdentifier generated(Identification names) {
    String id = names.messageId().or(names::envelopeId).orElse("unknown");
    return new MtsIdentifier(
        settings.domain(), cut("<" + id.replaceAll("[^\\x20-\\x7E]", "?") + ">", 32));
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
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
        address(r.finalRecipient()).or(() -> r.original().flatMap(this::address));
    if (actual.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> said =
        r.diagnostic().map(d -> d.value() + r.remoteMta().map(m -> " (" + m + ")").orElse(""));
    return Optional.of(
        new ReportedRecipient(
            actual.get(),
            r.original().flatMap(this::address).flatMap(MixerReports::x400),
            number(r, number, known),
            result,
            Optional.of(at),
            r.remoteMta(),
            said.map(s -> cut(s, SUPPLEMENT)),
            Optional.empty(),
            List.of()));
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

  private Optional<OrAddress> address(DeliveryStatus.Typed typed) {
    try {
      return switch (typed.type()) {
        case "rfc822", "utf-8" ->
            Optional.of(toX400.or(Mailbox.parse(typed.value().replaceAll("[<>]", ""))));
        case "x400" -> Optional.of(StdOr.parse(typed.value()));
        default -> Optional.empty();
      };
    } catch (AddressMappingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<OriginalRecipient> x400(OrAddress address) {
    try {
      return Optional.of(new OriginalRecipient("x400", StdOr.format(address)));
    } catch (AddressMappingException e) {
      return Optional.empty();
    }
  }

  private static Failure failure(DeliveryStatus.PerRecipient r) {
    String status = r.status().matches("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}") ? r.status() : "5.0.0";
    String text = r.diagnostic().map(DeliveryStatus.Typed::value).orElse("not delivered");
    Failure failure =
        Failure.of(cause(status.substring(2)), cut(text, 300))
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

  /** A report of X.400 as one that the mail side writes as multipart/report (5.3.8). */
  Draft toMail(MixerShaper.Work work, Desk desk) throws ConversionException, StoreUnavailable {
    Envelope x400 = work.envelope();
    Report report = x400.report().orElseThrow();
    List<ReportedRecipient> recipients = new ArrayList<>();
    for (ReportedRecipient r : report.recipients()) {
      recipients.add(toMail(r));
    }
    ContentRef returned = ContentRef.empty();
    if (report.returned() != Report.Returned.NOTHING && desk.content().length() > 0) {
      returned = returned(x400.contentType(), desk);
    }
    boolean some = returned.length() > 0;
    MailToX400.Mapping mapping = toMail.recipients(work.dispatch(), x400);
    return draft(
        work,
        mapping,
        with(
            report,
            subject(report.subject()),
            recipients,
            some ? Report.Returned.CONTENT : Report.Returned.NOTHING),
        ContentTypes.MAIL,
        returned);
  }

  /** The ENVID of a subject, where its correlator says it (5.3.8.1). */
  private static Identification subject(Identification subject) {
    Optional<String> envelopeId =
        subject
            .envelopeId()
            .or(
                () ->
                    subject
                        .contentCorrelator()
                        .flatMap(Correlators::text)
                        .filter(t -> t.startsWith(Correlators.ENVELOPE_ID))
                        .map(t -> t.substring(Correlators.ENVELOPE_ID.length())))
            .or(() -> subject.mtsIdentifier().map(MtsIdentifier::toString));
    return subject.withEnvelopeId(envelopeId);
  }

  private ReportedRecipient toMail(ReportedRecipient r) {
    ReportedRecipient.Result result =
        switch (r.result()) {
          case ReportedRecipient.Failed f ->
              new ReportedRecipient.Failed(CodeTables.withSmtp(f.failure()));
          case ReportedRecipient.Delayed d ->
              new ReportedRecipient.Delayed(CodeTables.withSmtp(d.failure()), d.until());
          default -> r.result();
        };
    ReportedRecipient said = r.withResult(result);
    if (!(r.actual() instanceof OrAddress or)) {
      return said;
    }
    // Original-Recipient is the mailbox; where the recipient was redirected the two change places
    Optional<OriginalRecipient> intended = r.original().filter(o -> o.addressType().equals("x400"));
    try {
      if (intended.isPresent()) {
        return said.withActual(toMail.mailbox(StdOr.parse(intended.get().address())));
      }
      return r.original().isPresent()
          ? said
          : said.withOriginal(
              Optional.of(new OriginalRecipient("rfc822", toMail.mailbox(or).text())));
    } catch (AddressMappingException e) {
      return said;
    }
  }

  private ContentRef returned(ContentType type, Desk desk) throws StoreUnavailable {
    try {
      X400ToMail.Mail mail =
          toMail.mail(type, desk.stored(), "returned@" + settings.mailHost(), desk);
      return desk.store(out -> X400ToMail.write(List.of(), mail, new MailWriter(out), desk));
    } catch (ConversionException e) {
      desk.approximate("returned-content-dropped");
      return ContentRef.empty();
    } catch (IOException e) {
      throw Desk.unavailable(e);
    }
  }

  /** A report in mail's words, made by the queue or another gateway, for an X.400 originator. */
  Draft toX400(MixerShaper.Work work, Desk desk) throws ConversionException, StoreUnavailable {
    Report report = work.envelope().report().orElseThrow();
    List<ReportedRecipient> recipients = new ArrayList<>();
    for (ReportedRecipient r : report.recipients()) {
      if (!(r.result() instanceof ReportedRecipient.Relayed)
          && !(r.result() instanceof ReportedRecipient.Delayed)) {
        recipients.add(toX400(r));
      }
    }
    if (recipients.isEmpty()) {
      throw new ConversionException(
          Failure.Cause.CONTENT_NOT_SUPPORTED,
          "X.400 has no report for what is neither delivered nor failed (RFC 2156 5.1.8.3)");
    }
    ContentRef returned = ContentRef.empty();
    ContentType type = ContentTypes.P22;
    if (report.returned() == Report.Returned.CONTENT && desk.content().length() > 0) {
      MailToX400.Content content =
          toX400.content(MailToX400.read(desk), Author.NOBODY, "returned@x", desk);
      returned = MailToX400.store(content, desk);
      type = content.type();
    }
    Identification subject =
        report.subject().mtsIdentifier().isPresent()
            ? report.subject()
            : report.subject().withMtsIdentifier(generated(report.subject()));
    MailToX400.Mapping mapping = toX400.recipients(work.dispatch(), work.envelope());
    boolean some = returned.length() > 0;
    return draft(
        work,
        mapping,
        with(report, subject, recipients, some ? Report.Returned.CONTENT : Report.Returned.NOTHING),
        type,
        returned);
  }

  private ReportedRecipient toX400(ReportedRecipient r) throws ConversionException {
    ReportedRecipient.Result result =
        r.result() instanceof ReportedRecipient.Failed f
            ? new ReportedRecipient.Failed(CodeTables.withX400(f.failure()))
            : r.result();
    try {
      Address actual = toX400.or(r.actual());
      Optional<OriginalRecipient> original =
          r.original()
              .flatMap(o -> address(new DeliveryStatus.Typed(o.addressType(), o.address())))
              .flatMap(MixerReports::x400);
      return r.withResult(result).withActual(actual).withOriginal(original);
    } catch (AddressMappingException e) {
      throw new ConversionException(
          Failure.Cause.CONVERSION_FAILED,
          "a reported address has no X.400 form: " + e.getMessage());
    }
  }

  private static Report with(
      Report report,
      Identification subject,
      List<ReportedRecipient> recipients,
      Report.Returned returned) {
    return new Report(
        report.identification(),
        subject,
        report.subjectContentType(),
        report.subjectTypes(),
        report.subjectArrival(),
        report.subjectTrace(),
        report.reportingMta(),
        report.reportingDomain(),
        returned,
        recipients,
        report.extensions());
  }

  /** The report's own names; P1 needs an identifier. */
  private Identification own(MixerShaper.Work work) throws StoreUnavailable {
    Identification said = work.envelope().identification();
    Identification names =
        said.mtsIdentifier().isPresent()
            ? said
            : work.envelope().report().orElseThrow().identification();
    return names.mtsIdentifier().isPresent()
        ? names
        : names.withMtsIdentifier(identifiers.of(work, Header.empty()));
  }

  private Draft draft(
      MixerShaper.Work work,
      MailToX400.Mapping mapping,
      Report report,
      ContentType type,
      ContentRef returned)
      throws ConversionException, StoreUnavailable {
    if (mapping.recipients().isEmpty()) {
      throw new ConversionException(
          Failure.Cause.UNKNOWN_RECIPIENT, "the report's destination has no form there");
    }
    Envelope envelope =
        work.envelope()
            .change()
            .contentType(type)
            .recipients(mapping.recipients())
            .report(report)
            .identification(own(work))
            .source(source)
            .build();
    Map<RecipientId, RecipientId> origin = mapping.origin();
    return new Draft(envelope, returned, origin);
  }
}
