package org.heliograph.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.heliograph.mail.DsnWriter;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure.Cause;
import org.heliograph.model.Handling;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Outcome;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.StoreUnavailable;

/** A message or report as SMTP sends it: what stands in MAIL, in RCPT and behind DATA. */
final class Letter {
  private final Envelope envelope;
  private final Body body;
  private final BodyScan scan = new BodyScan();

  private Letter(Envelope envelope, Body body) {
    this.envelope = envelope;
    this.body = body;
  }

  /** Reads the content once to know what it needs. */
  static Letter of(Envelope envelope, Content content, DsnWriter reports)
      throws StoreUnavailable, IOException {
    Body body =
        envelope.kind() == Envelope.Kind.REPORT
            ? Body.report(reports, envelope, content)
            : Body.message(content);
    Letter letter = new Letter(envelope, body);
    body.writeTo(letter.scan);
    return letter;
  }

  Body body() {
    return body;
  }

  long length() {
    return scan.length();
  }

  /** What keeps this letter from being sent to a peer with these offers at all. */
  Optional<Outcome> obstacle(Offers offers, SmtpPeerSettings settings) {
    boolean report = envelope.kind() == Envelope.Kind.REPORT;
    if (envelope.kind() == Envelope.Kind.PROBE
        || !report && envelope.contentType().family() != ContentFamily.MAIL) {
      return failed(Cause.CONTENT_NOT_SUPPORTED, "5.6.1", "SMTP carries mail, and this is none");
    }
    if (!report && envelope.originator().isPresent() && reversePath().isEmpty()) {
      return failed(Cause.INTERNAL, "5.1.7", "the originator has no Internet mailbox");
    }
    if (scan.bareLineEnds()) {
      return failed(Cause.CONTENT_SYNTAX, "5.6.11", "a line of the message does not end in CRLF");
    }
    if (scan.nul()) {
      return failed(Cause.CONTENT_SYNTAX, "5.6.0", "the message holds NUL");
    }
    if (scan.eightBit()
        && !offers.eightBitMime()
        && settings.eightBit() == SmtpPeerSettings.EightBit.REFUSE) {
      return failed(
          Cause.CONTENT_NOT_SUPPORTED,
          "5.6.3",
          settings.host() + " takes no 8-bit content, and it is not converted here");
    }
    if (offers.size().isPresent() && scan.length() > offers.size().getAsLong()) {
      return failed(
          Cause.TOO_LARGE,
          "5.3.4",
          settings.host() + " takes at most " + offers.size().getAsLong() + " octets");
    }
    if (reversePath().map(Mailbox::international).orElse(false) && !offers.has("SMTPUTF8")) {
      return failed(
          Cause.CONTENT_NOT_SUPPORTED,
          "5.6.7",
          settings.host() + " takes no addresses beyond US-ASCII");
    }
    return Optional.empty();
  }

  /** What keeps it from being sent to one recipient. */
  static Optional<Outcome> obstacle(Recipient recipient, Offers offers, SmtpPeerSettings settings) {
    if (!(recipient.address() instanceof Mailbox mailbox)) {
      return failed(Cause.INTERNAL, "5.1.3", "the recipient has no Internet mailbox");
    }
    if (mailbox.international() && !offers.has("SMTPUTF8")) {
      return failed(
          Cause.CONTENT_NOT_SUPPORTED,
          "5.6.7",
          settings.host() + " takes no addresses beyond US-ASCII");
    }
    return Optional.empty();
  }

  private static Optional<Outcome> failed(Cause cause, String enhanced, String text) {
    return Optional.of(Answers.failed(cause, enhanced, text));
  }

  private Optional<Mailbox> reversePath() {
    return envelope.kind() == Envelope.Kind.REPORT
        ? Optional.empty()
        : envelope.originator().filter(Mailbox.class::isInstance).map(Mailbox.class::cast);
  }

  /**
   * Recipients that can share transactions. Towards a peer without DSN those with NOTIFY=NEVER go
   * with an empty reverse-path, so that nobody there reports either (RFC 3461 5.2.2 d).
   */
  List<Batch> batches(List<Recipient> recipients, Offers offers, int most) {
    List<Recipient> silent = new ArrayList<>();
    List<Recipient> others = new ArrayList<>();
    for (Recipient r : recipients) {
      boolean never = r.reportRequest().events().isEmpty() && !offers.dsn();
      (never && reversePath().isPresent() ? silent : others).add(r);
    }
    List<Batch> batches = new ArrayList<>();
    cut(others, most, false, batches);
    cut(silent, most, true, batches);
    return batches;
  }

  private static void cut(
      List<Recipient> recipients, int most, boolean withoutSender, List<Batch> into) {
    for (int i = 0; i < recipients.size(); i += most) {
      int end = Math.min(recipients.size(), i + most);
      into.add(new Batch(List.copyOf(recipients.subList(i, end)), withoutSender));
    }
  }

  /** Recipients of one transaction. */
  record Batch(List<Recipient> recipients, boolean withoutSender) {}

  /** The MAIL command (RFC 5321 4.1.1.2) with the parameters that the peer offers to understand. */
  String mail(Batch batch, Offers offers) {
    StringJoiner line = new StringJoiner(" ");
    String path = batch.withoutSender() ? "" : reversePath().map(Mailbox::text).orElse("");
    line.add("MAIL FROM:<" + path + ">");
    if (offers.has("SIZE")) {
      line.add("SIZE=" + scan.length());
    }
    boolean eight =
        scan.eightBit() || envelope.handling().bodyType() != Handling.BodyType.SEVEN_BIT;
    if (offers.eightBitMime() && eight) {
      line.add("BODY=8BITMIME");
    }
    boolean international =
        envelope.handling().has(Handling.Flag.SMTPUTF8)
            || reversePath().map(Mailbox::international).orElse(false)
            || batch.recipients().stream()
                .anyMatch(r -> r.address() instanceof Mailbox m && m.international());
    if (international && offers.has("SMTPUTF8")) {
      line.add("SMTPUTF8");
    }
    // the mail system's default priority is our routine: it goes without saying
    if (offers.has("MT-PRIORITY") && envelope.precedence() != Precedence.ROUTINE) {
      line.add("MT-PRIORITY=" + envelope.precedence().mtPriority());
    }
    if (offers.dsn() && envelope.kind() != Envelope.Kind.REPORT) {
      switch (envelope.handling().contentReturn()) {
        case FULL -> line.add("RET=FULL");
        case HEADERS -> line.add("RET=HDRS");
        case UNSPECIFIED -> {}
      }
      envelope
          .identification()
          .envelopeId()
          .map(Xtext::encode)
          .filter(id -> id.length() <= 100)
          .ifPresent(id -> line.add("ENVID=" + id));
    }
    return line + "\r\n";
  }

  /** A RCPT command (RFC 5321 4.1.1.3, RFC 3461 4). */
  String recipient(Recipient recipient, Offers offers) {
    StringJoiner line = new StringJoiner(" ");
    line.add("RCPT TO:<" + ((Mailbox) recipient.address()).text() + ">");
    if (offers.dsn()) {
      notify(recipient).ifPresent(line::add);
      recipient
          .originalRecipient()
          .map(o -> o.addressType() + ";" + Xtext.encode(o.address()))
          .filter(orcpt -> orcpt.length() <= 500)
          .ifPresent(orcpt -> line.add("ORCPT=" + orcpt));
    }
    return line + "\r\n";
  }

  private Optional<String> notify(Recipient recipient) {
    ReportRequest request = recipient.reportRequest();
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return Optional.of("NOTIFY=NEVER"); // RFC 3461 6.1: nobody reports about a report
    }
    if (request.equals(ReportRequest.unspecified())) {
      return Optional.empty();
    }
    StringJoiner events = new StringJoiner(",");
    if (request.events().contains(ReportRequest.Event.DELIVERY)) {
      events.add("SUCCESS");
    }
    if (request.events().contains(ReportRequest.Event.NON_DELIVERY)) {
      events.add("FAILURE");
    }
    if (request.events().contains(ReportRequest.Event.DELAY)) {
      events.add("DELAY");
    }
    return Optional.of("NOTIFY=" + (events.length() == 0 ? "NEVER" : events));
  }
}
