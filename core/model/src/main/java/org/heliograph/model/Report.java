package org.heliograph.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delivery or non-delivery report, or a delay notice, in no protocol's form: {@code x400} makes a
 * report APDU of it and {@code mail} a multipart/report. It always speaks of the subject as the
 * reporting switch <em>received</em> it.
 *
 * @param identification the report's own names
 * @param subject the names of the message that is reported on
 * @param subjectContentType its content type, if known
 * @param subjectTypes its original encoded information types
 * @param subjectArrival when it arrived at the reporting switch
 * @param subjectTrace X.411 subject-intermediate-trace-information
 * @param reportingMta the name of the MTA that reports
 * @param reportingDomain its global domain, where it has one
 * @param returned what of the subject the content beside this report is
 * @param recipients about whom, at least one
 * @param extensions per-report extensions as they came
 */
public record Report(
    Identification identification,
    Identification subject,
    Optional<ContentType> subjectContentType,
    EncodedInformationTypes subjectTypes,
    Optional<Instant> subjectArrival,
    List<TraceElement> subjectTrace,
    String reportingMta,
    Optional<GlobalDomain> reportingDomain,
    Returned returned,
    List<ReportedRecipient> recipients,
    List<Extension> extensions) {
  /** What comes back with a report. */
  public enum Returned {
    NOTHING,
    HEADERS,
    CONTENT,
    /** The DSN that this report was made from (RFC 2156 5.1.8.3). */
    DSN
  }

  public Report {
    subjectTrace = List.copyOf(subjectTrace);
    recipients = List.copyOf(recipients);
    extensions = List.copyOf(extensions);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a report about nobody");
    }
  }

  public Report withRecipients(List<ReportedRecipient> others) {
    return new Report(
        identification,
        subject,
        subjectContentType,
        subjectTypes,
        subjectArrival,
        subjectTrace,
        reportingMta,
        reportingDomain,
        returned,
        others,
        extensions);
  }

  public Report withReturned(Returned other) {
    return new Report(
        identification,
        subject,
        subjectContentType,
        subjectTypes,
        subjectArrival,
        subjectTrace,
        reportingMta,
        reportingDomain,
        other,
        recipients,
        extensions);
  }

  public Report withIdentification(Identification own) {
    return new Report(
        own,
        subject,
        subjectContentType,
        subjectTypes,
        subjectArrival,
        subjectTrace,
        reportingMta,
        reportingDomain,
        returned,
        recipients,
        extensions);
  }
}
