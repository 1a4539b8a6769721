package org.heliograph.server.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.MailWriter;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.MmhsWriter;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Mailbox;

/**
 * A message as the demonstration sends it, in parts that can be compared with what arrives.
 *
 * @param name what the narration calls it
 * @param messageId without angle brackets
 * @param body text with LF line ends
 * @param military header fields, if any
 * @param label security label, if any
 */
record Letter(
    String name,
    Mailbox from,
    List<Mailbox> to,
    String subject,
    String messageId,
    String body,
    Optional<Attachment> attachment,
    Optional<MmhsFields> military,
    Optional<SioLabel> label) {

  /** Octets that come with a message. */
  record Attachment(String filename, String type, byte[] octets) {}

  Letter {
    to = List.copyOf(to);
  }

  /** The message in the form of RFC 5322. */
  byte[] octets() {
    try {
      return write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MailWriter mail = new MailWriter(out);
    mail.field("Date", MailDate.format(OffsetDateTime.now(ZoneOffset.UTC)));
    mail.field("From", from.text());
    mail.field("To", to.stream().map(Mailbox::text).collect(Collectors.joining(", ")));
    mail.field("Subject", subject);
    mail.field("Message-ID", "<" + messageId + ">");
    if (military.isPresent()) {
      for (HeaderField field : MmhsWriter.fields(military.get())) {
        mail.field(field);
      }
    }
    if (label.isPresent()) {
      mail.field(SioLabel.FIELD, label.get().text());
    }
    mail.field("MIME-Version", "1.0");
    if (attachment.isEmpty()) {
      text(mail);
      return out.toByteArray();
    }
    String boundary = MailWriter.boundary();
    mail.field("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"").endHeader();
    mail.part(boundary);
    text(mail);
    Attachment part = attachment.get();
    mail.part(boundary);
    mail.field("Content-Type", part.type() + "; name=\"" + part.filename() + "\"");
    mail.field("Content-Disposition", "attachment; filename=\"" + part.filename() + "\"");
    mail.field("Content-Transfer-Encoding", "base64").endHeader();
    mail.base64(new ByteArrayInputStream(part.octets()));
    mail.end(boundary);
    return out.toByteArray();
  }

  private void text(MailWriter mail) throws IOException {
    mail.field("Content-Type", "text/plain; charset=utf-8");
    mail.field("Content-Transfer-Encoding", "quoted-printable").endHeader();
    byte[] lines = body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    mail.quotedPrintable(new ByteArrayInputStream(lines));
  }
}
