package org.heliograph.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The envelope of a message, probe or report: a superset of the P1 transfer envelopes (X.411 clause
 * 12) and of the SMTP envelope with DSN (RFC 5321, RFC 3461).
 *
 * <p>What a protocol cannot say is reported or refused, never dropped in silence. Extensions that
 * have a component of their own here (content correlator, label, internal trace, flags) are not
 * repeated among {@code extensions}.
 *
 * @param kind what it is
 * @param originator empty is the null reverse-path; a report has none
 * @param recipients with distinct numbers; for a report its one destination
 * @param contentType of the content beside this envelope
 * @param encodedInformationTypes X.411 original-encoded-information-types
 * @param precedence decides order and retry
 * @param identification the names others know it by
 * @param handling what may be done with it
 * @param deferUntil not to be delivered earlier (X.411 deferred-delivery-time, RFC 4865)
 * @param latestDelivery reported as failed when not delivered by then (X.411 latest-delivery-time,
 *     RFC 2852)
 * @param submitted when the originator handed it over, or it arrived here
 * @param trace X.411 trace-information, oldest first; for mail made from Received: fields only by
 *     mixer
 * @param internalTrace X.411 internal-trace-information, oldest first
 * @param label message security label
 * @param extensions per-message extensions as they came
 * @param report for a report what it says; its content is what is returned of the subject
 * @param source where it came in
 */
public record Envelope(
    Kind kind,
    Optional<Address> originator,
    List<Recipient> recipients,
    ContentType contentType,
    EncodedInformationTypes encodedInformationTypes,
    Precedence precedence,
    Identification identification,
    Handling handling,
    Optional<Instant> deferUntil,
    Optional<Instant> latestDelivery,
    Instant submitted,
    List<TraceElement> trace,
    List<TraceElement> internalTrace,
    Optional<Label> label,
    List<Extension> extensions,
    Optional<Report> report,
    Source source) {

  /** What an envelope is around. */
  public enum Kind {
    MESSAGE,
    PROBE,
    REPORT
  }

  public Envelope {
    recipients = List.copyOf(recipients);
    trace = List.copyOf(trace);
    internalTrace = List.copyOf(internalTrace);
    extensions = List.copyOf(extensions);
    if ((kind == Kind.REPORT) != report.isPresent()) {
      throw new IllegalArgumentException("a report, and nothing else, says what it reports");
    }
    if (recipients.stream().map(Recipient::id).distinct().count() != recipients.size()) {
      throw new IllegalArgumentException("two recipients with one number");
    }
  }

  /** The recipient with number {@code id}. */
  public Optional<Recipient> recipient(RecipientId id) {
    return recipients.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** The first extension with the standard number {@code number}. */
  public Optional<Extension> extension(int number) {
    return extensions.stream().filter(e -> e.is(number)).findFirst();
  }

  /** A builder that starts from this envelope. */
  public EnvelopeBuilder change() {
    return new EnvelopeBuilder(this);
  }

  /**
   * A builder for a message of routine precedence that arrived at {@code submitted} from {@code
   * source}.
   */
  public static EnvelopeBuilder message(ContentType contentType, Instant submitted, Source source) {
    return new EnvelopeBuilder(Kind.MESSAGE, contentType, submitted, source);
  }

  /** A builder for a report. */
  public static EnvelopeBuilder report(
      Report report, ContentType returned, Instant made, Source source) {
    return new EnvelopeBuilder(Kind.REPORT, returned, made, source).report(report);
  }
}
