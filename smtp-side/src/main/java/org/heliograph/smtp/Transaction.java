package org.heliograph.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Recipient;

/** A mail transaction between MAIL and the end of the message (RFC 5321 3.3). */
final class Transaction {
  private final Optional<Mailbox> reversePath;
  private final MailParameters.OfMail parameters;
  private final List<Recipient> recipients = new ArrayList<>();

  Transaction(Optional<Mailbox> reversePath, MailParameters.OfMail parameters) {
    this.reversePath = reversePath;
    this.parameters = parameters;
  }

  Optional<Mailbox> reversePath() {
    return reversePath;
  }

  MailParameters.OfMail parameters() {
    return parameters;
  }

  /** In the order of their numbers, from 1. */
  List<Recipient> recipients() {
    return recipients;
  }

  void add(Mailbox mailbox, MailParameters.OfRecipient what) {
    recipients.add(
        Recipient.of(recipients.size() + 1, mailbox)
            .withReportRequest(what.reportRequest())
            .withOriginalRecipient(what.original()));
  }
}
