package org.heliograph.mixer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x420.AcknowledgmentMode;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.NonReceiptFields;
import org.heliograph.asn1.x420.NonReceiptReason;
import org.heliograph.asn1.x420.NotificationFields;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.ReceiptFields;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailAddress;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.TransferEncoding;
import org.heliograph.x400.Types;
import org.jspecify.annotations.Nullable;

/** Interpersonal notifications as text for people (RFC 2156 5.3.5). */
final class Notifications {
  private final Naming naming;

  Notifications(Naming naming) {
    this.naming = naming;
  }

  X400ToMail.Mail mail(IPN ipn, String made, Desk desk) throws DecodeException, IOException {
    boolean receipt = ipn.choice() instanceof NotificationFields.ReceiptFields;
    List<HeaderField> fields = new ArrayList<>();
    address(ipn.ipnOriginator()).ifPresent(a -> fields.add(HeaderField.of("From", a.text())));
    fields.add(HeaderField.of("To", "list:;"));
    fields.add(HeaderField.of("Message-ID", "<" + made + ">"));
    fields.add(
        HeaderField.of(
            "Subject", "X.400 Inter-Personal Notification" + (receipt ? "" : " (failure)")));
    fields.add(HeaderField.of("Message-Type", "InterPersonal Notification"));
    fields.add(HeaderField.of("References", "<" + Naming.messageId(ipn.subjectIpm()) + ">"));
    Set<String> discarded = new LinkedHashSet<>();
    note(ipn.notificationExtensions(), discarded);
    StringBuilder text = new StringBuilder("Your message to: ");
    text.append(
        address(ipn.ipmIntendedRecipient())
            .or(() -> silently(ipn.ipnOriginator()))
            .map(MailAddress::text)
            .orElse("(not named)"));
    text.append("\r\n");
    Optional<IPM> returned = Optional.empty();
    switch (ipn.choice()) {
      case NotificationFields.ReceiptFields r -> {
        receipt(r.value(), text);
        note(r.value().rnExtensions(), discarded);
      }
      case NotificationFields.NonReceiptFields n -> {
        nonReceipt(n.value(), text);
        note(n.value().nrnExtensions(), discarded);
        returned = Optional.ofNullable(n.value().returnedIpm());
      }
      case NotificationFields.OtherNotificationTypeFields o -> {
        text.append("was the subject of a notification of another kind.\r\n");
        note(o.value(), discarded);
      }
    }
    if (ipn.conversionEits() != null) {
      text.append("The following information types were converted: ")
          .append(EncodedTypes.text(Types.read(ipn.conversionEits())))
          .append("\r\n");
    }
    if (!receipt) {
      text.append(
          returned.isPresent()
              ? "The Original Message follows:\r\n"
              : "The Original Message is not available\r\n");
    }
    if (!discarded.isEmpty()) {
      fields.add(HeaderField.of("Discarded-X400-IPMS-Extensions", String.join(", ", discarded)));
    }
    return new X400ToMail.Mail(
        fields, body(text.toString(), returned, desk), made, Optional.empty());
  }

  private MimePart body(String text, Optional<IPM> returned, Desk desk)
      throws DecodeException, IOException {
    MimePart.Leaf said =
        new MimePart.Leaf(
            new MediaType("text", "plain", Map.of("charset", "utf-8")),
            List.of(),
            Octets.of(text.getBytes(StandardCharsets.UTF_8)),
            TransferEncoding.QUOTED_PRINTABLE);
    if (returned.isEmpty()) {
      return said;
    }
    List<HeaderField> carried = PartFields.read(returned.get().heading().extensions());
    MimePart message =
        new MimePart.Message(
            List.of(),
            IpmHeading.whole(returned.get().heading(), naming, carried, true, desk),
            new IpmBody(naming, desk).body(returned.get(), carried));
    return new MimePart.Multi(
        new MediaType("multipart", "mixed", Map.of()), List.of(), List.of(said, message));
  }

  private Optional<MailAddress> address(@Nullable ORDescriptor descriptor) throws DecodeException {
    return descriptor == null ? Optional.empty() : naming.address(descriptor);
  }

  private Optional<MailAddress> silently(@Nullable ORDescriptor descriptor) {
    try {
      return address(descriptor);
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static void note(@Nullable List<IPMSExtension> extensions, Set<String> discarded) {
    if (extensions != null) {
      extensions.forEach(e -> discarded.add(e.type().toString()));
    }
  }

  private static void receipt(ReceiptFields receipt, StringBuilder text) {
    text.append("was received at ")
        .append(Clock.text(receipt.receiptTime()))
        .append("\r\n\r\nThis notification was generated ")
        .append(
            receipt.acknowledgmentMode() == AcknowledgmentMode.AUTOMATIC
                ? "Automatically"
                : "Manually")
        .append("\r\n");
    Text more = receipt.supplReceiptInfo();
    if (more != null) {
      text.append("The following extra information was given:\r\n")
          .append(Naming.text(more))
          .append("\r\n");
    }
  }

  private static void nonReceipt(NonReceiptFields fields, StringBuilder text) {
    if (fields.nonReceiptReason().equals(NonReceiptReason.IPM_AUTO_FORWARDED)) {
      text.append("was automatically forwarded.\r\n");
      Text comment = fields.autoForwardComment();
      if (comment != null) {
        text.append("The following comment was made: ").append(Naming.text(comment)).append("\r\n");
      }
      return;
    }
    text.append("was discarded for the following reason: ");
    text.append(
        fields.discardReason() == null
            ? "none was given"
            : reason(fields.discardReason().toString()));
    text.append("\r\n");
  }

  private static String reason(String name) {
    return switch (name) {
      case "ipm-expired" -> "Expired";
      case "ipm-obsoleted" -> "Obsoleted";
      case "user-subscription-terminated" -> "User Subscription Terminated";
      case "ipm-deleted" -> "IPM Deleted";
      default -> name;
    };
  }
}
