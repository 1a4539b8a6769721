package org.heliograph.mixer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.Header;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.Address;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;

/** Reports of the one world in the other (RFC 2156 5.1.8, 5.3.8). */
final class MixerReports {
  private final MixerSettings settings;
  private final MailToX400 toX400;
  private final X400ToMail toMail;
  private final MtsIds identifiers;
  private final ReportNames names;
  private final DrFields fields;
  private final Source source;

  MixerReports(
      MixerSettings settings,
      MailToX400 toX400,
      X400ToMail toMail,
      MtsIds identifiers,
      ReportNames names,
      Source source) {
    this.settings = settings;
    this.toX400 = toX400;
    this.toMail = toMail;
    this.identifiers = identifiers;
    this.names = names;
    this.fields = new DrFields(settings);
    this.source = source;
  }

  /** A report of X.400 as one that the mail side writes as multipart/report (5.3.8). */
  Draft toMail(MixerShaper.Work work, Desk desk) throws ConversionException, StoreUnavailable {
    Envelope x400 = work.envelope();
    Report report = x400.report().orElseThrow();
    List<ReportedRecipient> recipients = new ArrayList<>();
    for (ReportedRecipient r : report.recipients()) {
      recipients.add(toMail(r).withExtensions(List.of(fields.ofRecipient(r, report))));
    }
    ContentRef returned = ContentRef.empty();
    if (report.returned() != Report.Returned.NOTHING && desk.content().length() > 0) {
      returned = returned(x400.contentType(), desk);
    }
    boolean some = returned.length() > 0;
    MailToX400.Mapping mapping = toMail.recipients(work.dispatch(), x400);
    Report shown =
        with(
            report,
            subject(report.subject()),
            recipients,
            some ? Report.Returned.CONTENT : Report.Returned.NOTHING);
    return draft(
        work,
        mapping,
        extended(shown, fields.ofReport(x400, shown, MailToX400.now(desk))),
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
            : report.subject().withMtsIdentifier(names.generated(report.subject()));
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
              .flatMap(o -> names.address(new DeliveryStatus.Typed(o.addressType(), o.address())))
              .flatMap(ReportNames::x400);
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

  private static Report extended(Report report, List<Extension> extensions) {
    return new Report(
        report.identification(),
        report.subject(),
        report.subjectContentType(),
        report.subjectTypes(),
        report.subjectArrival(),
        report.subjectTrace(),
        report.reportingMta(),
        report.reportingDomain(),
        report.returned(),
        report.recipients(),
        extensions);
  }

  /** The report's own names; P1 needs an identifier. */
  private Identification own(MixerShaper.Work work) throws StoreUnavailable {
    Identification said = work.envelope().identification();
    Identification known =
        said.mtsIdentifier().isPresent()
            ? said
            : work.envelope().report().orElseThrow().identification();
    return known.mtsIdentifier().isPresent()
        ? known
        : known.withMtsIdentifier(identifiers.of(work, Header.empty()));
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
