package org.heliograph.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.model.Content;
import org.heliograph.model.Mailbox;
import org.heliograph.model.StoreUnavailable;

/**
 * What a message disposition notification says (RFC 8098).
 *
 * @param originalMessageId Original-Message-ID, without angle brackets
 * @param finalRecipient Final-Recipient, where it is a mailbox
 * @param originalRecipient Original-Recipient, where it is a mailbox
 * @param automatic whether it was sent automatically (sending-mode)
 * @param type disposition-type, lower case
 * @param modified whether there are disposition modifiers, such as error
 * @param returned the third part: what is returned of the message
 */
public record DispositionNotification(
    Optional<String> originalMessageId,
    Optional<Mailbox> finalRecipient,
    Optional<Mailbox> originalRecipient,
    boolean automatic,
    String type,
    boolean modified,
    Optional<Entity> returned) {
  private static final int MOST = 64 * 1024;
  private static final MailLimits GROUP = new MailLimits(MOST, 1, 1);
  private static final Pattern DISPOSITION =
      Pattern.compile(
          "\\s*(?:manual|automatic)-action\\s*/\\s*mdn-sent-(manually|automatically)\\s*;"
              + "\\s*([a-z0-9-]+)\\s*(/.*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads {@code message} if it is such a notification.
   *
   * @return empty if it is another kind of message, or none that RFC 8098 knows
   */
  public static Optional<DispositionNotification> read(Entity message, Content content)
      throws StoreUnavailable {
    if (!message.type().is("multipart", "report") || !message.isMultipart()) {
      return Optional.empty();
    }
    Optional<Entity> part =
        message.parts().stream()
            .filter(
                p ->
                    p.type().is("message", "disposition-notification")
                        || p.type().is("message", "global-disposition-notification"))
            .findFirst();
    if (part.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets;
    try (InputStream in = part.get().decoded(content)) {
      octets = in.readNBytes(MOST + 1);
    } catch (IOException e) {
      throw new StoreUnavailable("content could not be read: " + e.getMessage(), e);
    }
    try {
      Header fields = MailReader.readHeader(new ByteArrayInputStream(octets), GROUP);
      Matcher said = DISPOSITION.matcher(fields.body("Disposition").orElse(""));
      int place = message.parts().indexOf(part.get());
      Optional<Entity> returned =
          place + 1 < message.parts().size()
              ? Optional.of(message.parts().get(place + 1))
              : Optional.empty();
      return said.matches()
          ? Optional.of(
              new DispositionNotification(
                  fields
                      .body("Original-Message-ID")
                      .flatMap(id -> MessageIds.parse(id).stream().findFirst()),
                  mailbox(fields, "Final-Recipient"),
                  mailbox(fields, "Original-Recipient"),
                  said.group(1).equalsIgnoreCase("automatically"),
                  said.group(2).toLowerCase(Locale.ROOT),
                  said.group(3) != null,
                  returned))
          : Optional.empty();
    } catch (MailSyntaxException | IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Mailbox> mailbox(Header fields, String name) {
    Optional<String> body = fields.body(name);
    int semicolon = body.map(b -> b.indexOf(';')).orElse(-1);
    if (semicolon < 0) {
      return Optional.empty();
    }
    String type = body.get().substring(0, semicolon).strip().toLowerCase(Locale.ROOT);
    String address = body.get().substring(semicolon + 1).strip();
    try {
      return type.equals("rfc822") || type.equals("utf-8")
          ? Optional.of(Mailbox.parse(address.replaceAll("^<(.*)>$", "$1")))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
