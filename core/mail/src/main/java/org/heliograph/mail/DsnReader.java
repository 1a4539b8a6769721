package org.heliograph.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.mail.DeliveryStatus.Action;
import org.heliograph.mail.DeliveryStatus.PerRecipient;
import org.heliograph.mail.DeliveryStatus.Typed;
import org.heliograph.model.Content;
import org.heliograph.model.StoreUnavailable;

/** Reads delivery status notifications (RFC 3464, RFC 6522). */
public final class DsnReader {
  private static final int MAX_RECIPIENTS = 10_000;
  private static final MailLimits GROUP = new MailLimits(64 * 1024, 1, 1);

  private DsnReader() {}

  /**
   * Reads {@code message} if it is a delivery status notification.
   *
   * @return empty if it is another kind of message
   * @throws MailSyntaxException if it claims to be one, and is not
   */
  public static Optional<DeliveryStatus> read(Entity message, Content content)
      throws MailSyntaxException, StoreUnavailable {
    if (!message.type().is("multipart", "report") || !message.isMultipart()) {
      return Optional.empty();
    }
    Optional<Entity> status =
        message.parts().stream()
            .filter(
                p ->
                    p.type().is("message", "delivery-status")
                        || p.type().is("message", "global-delivery-status"))
            .findFirst();
    if (status.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = status.get().decoded(content)) {
      return Optional.of(
          groups(in, status.get().body().start(), returnedMessageId(message, content)));
    } catch (IOException e) {
      throw new StoreUnavailable("content could not be read: " + e.getMessage(), e);
    }
  }

  private static DeliveryStatus groups(InputStream in, long offset, Optional<String> messageId)
      throws IOException, MailSyntaxException {
    PushbackInputStream octets = new PushbackInputStream(in, 1);
    Header perMessage = group(octets);
    List<PerRecipient> recipients = new ArrayList<>();
    while (recipients.size() < MAX_RECIPIENTS) {
      int next = octets.read();
      if (next < 0) {
        break;
      }
      octets.unread(next);
      Header group = group(octets);
      if (!group.fields().isEmpty()) {
        recipients.add(recipient(group, offset));
      }
    }
    if (recipients.isEmpty()) {
      throw new MailSyntaxException(
          offset, "a delivery status must speak of a recipient (RFC 3464 2.1)");
    }
    return new DeliveryStatus(
        perMessage.body("Original-Envelope-Id").filter(id -> !id.isEmpty()),
        messageId,
        perMessage.body("Reporting-MTA").map(DsnReader::typed).map(Typed::value).orElse("unknown"),
        perMessage.body("Arrival-Date").flatMap(MailDate::parse),
        recipients,
        perMessage);
  }

  /** Reads octets one by one up to an empty line: the groups are small and end nowhere else. */
  private static Header group(InputStream in) throws IOException, MailSyntaxException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    int column = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n') {
        if (column == 0) {
          break;
        }
        column = 0;
        lines.write('\r');
        lines.write('\n');
      } else if (octet != '\r') {
        lines.write(octet);
        column++;
      }
      if (lines.size() > GROUP.headerOctets()) {
        throw new MailSyntaxException(lines.size(), "a group of more than 64 KiB");
      }
    }
    return MailReader.readHeader(new ByteArrayInputStream(lines.toByteArray()), GROUP);
  }

  private static PerRecipient recipient(Header group, long offset) throws MailSyntaxException {
    Typed finalRecipient =
        group
            .body("Final-Recipient")
            .map(DsnReader::typed)
            .orElseThrow(
                () -> new MailSyntaxException(offset, "no Final-Recipient (RFC 3464 2.3.2)"));
    String action = group.body("Action").map(DsnReader::firstWord).orElse("");
    Optional<Action> known =
        action.equals("failure") // printed so in the examples of RFC 2156
            ? Optional.of(Action.FAILED)
            : Arrays.stream(Action.values())
                .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(action))
                .findFirst();
    return new PerRecipient(
        group.body("Original-Recipient").map(DsnReader::typed),
        finalRecipient,
        known.orElseThrow(() -> new MailSyntaxException(offset, "no such Action (RFC 3464 2.3.3)")),
        group.body("Status").map(DsnReader::firstWord).orElse("5.0.0"),
        group.body("Remote-MTA").map(DsnReader::typed).map(Typed::value),
        group.body("Diagnostic-Code").map(DsnReader::typed),
        group.body("Last-Attempt-Date").flatMap(MailDate::parse),
        group);
  }

  private static String firstWord(String body) {
    Lexer lexer = new Lexer(body);
    lexer.skip();
    return lexer.word(";").toLowerCase(Locale.ROOT);
  }

  private static Typed typed(String body) {
    int semicolon = body.indexOf(';');
    if (semicolon < 0) {
      return new Typed("", body.strip());
    }
    return new Typed(
        body.substring(0, semicolon).strip().toLowerCase(Locale.ROOT),
        body.substring(semicolon + 1).strip());
  }

  private static Optional<String> returnedMessageId(Entity message, Content content)
      throws StoreUnavailable, IOException {
    for (Entity part : message.parts()) {
      Optional<Header> header = part.message().map(Entity::header);
      if (part.type().is("text", "rfc822-headers")) {
        try (InputStream in = part.decoded(content)) {
          header = Optional.of(MailReader.readHeader(in, MailLimits.DEFAULT));
        } catch (MailSyntaxException e) {
          header = Optional.empty();
        }
      }
      Optional<String> id =
          header
              .flatMap(h -> h.body("Message-ID"))
              .flatMap(body -> MessageIds.parse(body).stream().findFirst());
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }
}
