package org.heliograph.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.ReportedRecipient.Delayed;
import org.heliograph.model.ReportedRecipient.Delivered;
import org.heliograph.model.ReportedRecipient.Expanded;
import org.heliograph.model.ReportedRecipient.Failed;
import org.heliograph.model.ReportedRecipient.Relayed;
import org.heliograph.model.StoreUnavailable;

/**
 * Writes a report as a delivery status notification: multipart/report (RFC 6522) of a text for
 * people, message/delivery-status (RFC 3464) and what is returned of the message.
 *
 * <p>Two calls with the same report and the same boundary write the same octets, so that a first
 * pass may count them.
 */
public final class DsnWriter {
  private final String host;
  private final UnaryOperator<Failure> codes;

  /**
   * @param host the name of this switch in mail
   * @param codes fills in the SMTP code of a failure that only has that of another world
   */
  public DsnWriter(String host, UnaryOperator<Failure> codes) {
    this.host = host;
    this.codes = codes;
  }

  public DsnWriter(String host) {
    this(host, UnaryOperator.identity());
  }

  /**
   * Writes the notification.
   *
   * @param envelope of kind REPORT
   * @param returned its content: what is returned of the subject, of type {@link
   *     Envelope#contentType}
   * @param boundary from {@link MailWriter#boundary}
   * @throws IOException from {@code out}, or if the content cannot be read
   */
  public void write(Envelope envelope, Content returned, String boundary, OutputStream out)
      throws IOException, StoreUnavailable {
    try {
      writeParts(envelope, returned, boundary, out);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  private void writeParts(Envelope envelope, Content returned, String boundary, OutputStream out)
      throws IOException, StoreUnavailable {
    Report report = envelope.report().orElseThrow();
    MailWriter mail = new MailWriter(out);
    header(mail, envelope, report, boundary);
    mail.part(boundary).field("Content-Type", "text/plain; charset=utf-8");
    mail.field("Content-Transfer-Encoding", "8bit").endHeader();
    explain(mail, report);
    mail.part(boundary).field("Content-Type", "message/delivery-status").endHeader();
    status(mail, report);
    returned(mail, envelope, report, returned, boundary);
    mail.end(boundary);
    out.flush();
  }

  private void header(MailWriter mail, Envelope envelope, Report report, String boundary)
      throws IOException {
    String id =
        report
            .identification()
            .messageId()
            .orElseGet(
                () ->
                    report
                            .identification()
                            .mtsIdentifier()
                            .map(mts -> mts.local().replaceAll("[^A-Za-z0-9.+_-]", "-"))
                            .orElse("report." + boundary.substring(2))
                        + "@"
                        + host);
    Header given = DsnFields.HEADER.in(report.extensions());
    for (HeaderField field : given.fields()) {
      mail.field(field);
    }
    if (given.first("Date").isEmpty()) {
      mail.field("Date", date(envelope.submitted()));
    }
    mail.field("From", "Mail Delivery System <mailer-daemon@" + host + ">");
    if (!envelope.recipients().isEmpty()
        && envelope.recipients().getFirst().address() instanceof Mailbox mailbox) {
      mail.field("To", mailbox.text());
    }
    mail.field("Message-ID", "<" + id + ">");
    report
        .subject()
        .messageId()
        .ifPresent(subject -> field(mail, "In-Reply-To", "<" + subject + ">"));
    if (given.first("Subject").isEmpty()) {
      mail.field("Subject", title(report));
    }
    mail.field("Auto-Submitted", "auto-replied");
    mail.field("MIME-Version", "1.0");
    mail.field(
        "Content-Type",
        "multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"");
    mail.endHeader();
    mail.text("This is a delivery status notification in MIME format.\r\n");
  }

  private static String title(Report report) {
    boolean failed = report.recipients().stream().anyMatch(r -> r.result() instanceof Failed);
    boolean delayed = report.recipients().stream().anyMatch(r -> r.result() instanceof Delayed);
    boolean delivered = report.recipients().stream().anyMatch(r -> r.result() instanceof Delivered);
    String what =
        failed ? "not delivered" : delayed ? "delayed" : delivered ? "delivered" : "passed on";
    return "Delivery report: " + what;
  }

  private void explain(MailWriter mail, Report report) throws IOException {
    mail.text("The mail system at " + host + " reports about your message");
    report.subject().messageId().ifPresent(id -> text(mail, " <" + clean(id) + ">"));
    mail.text(":\r\n\r\n");
    for (ReportedRecipient r : report.recipients()) {
      mail.text("  " + clean(named(r)) + "\r\n    ");
      switch (r.result()) {
        case Delivered d -> mail.text("was delivered.\r\n");
        case Relayed d ->
            mail.text("was passed on to a system that does not confirm delivery.\r\n");
        case Expanded d -> mail.text("is a list; the message went on to its members.\r\n");
        case Delayed d -> {
          mail.text("is not delivered yet: " + clean(d.failure().text()) + "\r\n");
          if (d.until().isPresent()) {
            mail.text("    It will be tried until " + date(d.until().get()) + ".\r\n");
          }
        }
        case Failed f -> {
          mail.text("was not delivered: " + clean(f.failure().text()) + "\r\n");
          f.failure()
              .remote()
              .ifPresent(said -> text(mail, "    The other system said: " + clean(said) + "\r\n"));
        }
      }
    }
  }

  private static String named(ReportedRecipient r) {
    return r.original().map(o -> o.address()).orElseGet(() -> r.actual().display());
  }

  private void status(MailWriter mail, Report report) throws IOException {
    report.subject().envelopeId().ifPresent(id -> field(mail, "Original-Envelope-Id", id));
    if (report.reportingDomain().isPresent()) {
      mail.field(
          "Reporting-MTA",
          "x400; MTA " + report.reportingMta() + " in " + report.reportingDomain().get());
      mail.field("DSN-Gateway", "dns; " + host);
    } else {
      mail.field("Reporting-MTA", "dns; " + report.reportingMta());
    }
    report.subjectArrival().ifPresent(at -> field(mail, "Arrival-Date", date(at)));
    for (HeaderField field : DsnFields.STATUS.in(report.extensions()).fields()) {
      mail.field(field);
    }
    for (ReportedRecipient recipient : report.recipients()) {
      mail.endHeader();
      recipient(mail, recipient);
    }
  }

  private void recipient(MailWriter mail, ReportedRecipient r) throws IOException {
    r.original()
        .ifPresent(
            o -> field(mail, "Original-Recipient", o.addressType() + "; " + xtext(o.address())));
    Header given = DsnFields.STATUS.in(r.extensions());
    if (given.first("Final-Recipient").isEmpty()) {
      mail.field(
          "Final-Recipient",
          switch (r.actual()) {
            case Mailbox mailbox ->
                (mailbox.international() ? "utf-8; " : "rfc822; ") + mailbox.text();
            case OrAddress or -> "x400; " + or.display();
          });
    }
    Optional<Failure> failure = Optional.empty();
    switch (r.result()) {
      case Delivered d -> mail.field("Action", "delivered").field("Status", "2.0.0");
      case Relayed d -> mail.field("Action", "relayed").field("Status", "2.0.0");
      case Expanded d -> mail.field("Action", "expanded").field("Status", "2.0.0");
      case Delayed d -> {
        failure = Optional.of(codes.apply(d.failure()));
        mail.field("Action", "delayed").field("Status", StatusCodes.of(failure.get(), false));
        d.until().ifPresent(until -> field(mail, "Will-Retry-Until", date(until)));
      }
      case Failed f -> {
        failure = Optional.of(codes.apply(f.failure()));
        mail.field("Action", "failed").field("Status", StatusCodes.of(failure.get(), true));
      }
    }
    r.remoteMta().ifPresent(mta -> field(mail, "Remote-MTA", "dns; " + mta));
    failure
        .filter(f -> given.first("Diagnostic-Code").isEmpty())
        .ifPresent(f -> field(mail, "Diagnostic-Code", diagnostic(f)));
    r.lastAttempt().ifPresent(at -> field(mail, "Last-Attempt-Date", date(at)));
    for (HeaderField field : given.fields()) {
      mail.field(field);
    }
    r.supplementary()
        .ifPresent(info -> field(mail, "X400-Supplementary-Info", Parameters.quote(info)));
  }

  /** RFC 3464 2.3.6 for what SMTP said, RFC 2156 5.3.8 for what X.400 said. */
  private static String diagnostic(Failure failure) {
    if (failure.x400().isPresent()) {
      int reason = failure.x400().get().reason();
      StringBuilder text = new StringBuilder("x400; Reason ").append(reason);
      failure
          .x400()
          .get()
          .diagnostic()
          .ifPresent(diagnostic -> text.append("; Diagnostic ").append(diagnostic));
      return text.append(" (").append(clean(failure.text())).append(')').toString();
    }
    String said =
        failure
            .remote()
            .orElseGet(() -> failure.smtp().map(c -> c + " ").orElse("") + failure.text());
    return "smtp; " + clean(said);
  }

  private void returned(
      MailWriter mail, Envelope envelope, Report report, Content content, String boundary)
      throws IOException, StoreUnavailable {
    Report.Returned what = report.returned();
    if (what == Report.Returned.NOTHING || content.length() == 0) {
      return;
    }
    mail.part(boundary);
    try (InputStream in = content.open()) {
      if (envelope.contentType().family() != ContentFamily.MAIL) {
        ContentType type = envelope.contentType();
        mail.field("Content-Type", "application/x400-content; content-type=" + type);
        mail.field("Content-Transfer-Encoding", "base64").endHeader().base64(in);
      } else if (what == Report.Returned.HEADERS) {
        mail.field("Content-Type", "text/rfc822-headers").endHeader();
        for (HeaderField field : MailReader.readHeader(in, MailLimits.DEFAULT).fields()) {
          mail.field(field);
        }
      } else {
        mail.field("Content-Type", "message/rfc822").endHeader().copy(in);
      }
    } catch (MailSyntaxException e) {
      mail.text("(the header is too large to be returned)\r\n");
    }
  }

  private static String date(Instant at) {
    return MailDate.format(OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  private static String xtext(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F) ? text : EncodedWords.encode(text);
  }

  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ").strip();
  }

  /** For use inside Optional: IOExceptions pass as they are. */
  private static void field(MailWriter mail, String name, String body) {
    try {
      mail.field(name, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(MailWriter mail, String text) {
    try {
      mail.text(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
