package org.heliograph.mixer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailAddress;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.MessageIds;
import org.heliograph.mail.TransferEncoding;
import org.heliograph.model.ContentType;
import org.heliograph.x400.Types;
import org.jspecify.annotations.Nullable;

/**
 * Interpersonal notifications as mail: the text for people of RFC 2156 5.3.5, and beside it what
 * programs read, a disposition notification (RFC 8098). One that was made of mail comes back as it
 * was.
 */
final class Notifications {
  private final MixerSettings settings;
  private final Naming naming;

  Notifications(MixerSettings settings, Naming naming) {
    this.settings = settings;
    this.naming = naming;
  }

  X400ToMail.Mail mail(ContentType type, IPN ipn, String made, Desk desk)
      throws DecodeException, IOException {
    Optional<X400ToMail.Mail> born = born(ipn, made);
    if (born.isPresent()) {
      return born.get();
    }
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
    KeptNotification.of(type, ipn).ifPresent(fields::add);
    return new X400ToMail.Mail(
        fields, body(text.toString(), status(ipn), returned, desk), made, Optional.empty(), true);
  }

  /** A notification that was a disposition notification before. */
  private static Optional<X400ToMail.Mail> born(IPN ipn, String made) throws DecodeException {
    List<IPMSExtension> extensions = ipn.notificationExtensions();
    List<HeaderField> carried = extensions == null ? List.of() : PartFields.read(extensions);
    Optional<String> body =
        carried.stream().filter(f -> f.is(MdnToIpn.BODY)).findFirst().map(HeaderField::body);
    Optional<String> type = PartFields.exactly(carried, "Content-Type");
    if (body.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] octets = Base64.getDecoder().decode(body.get().replaceAll("[ \\t]", ""));
      List<HeaderField> others =
          carried.stream().filter(f -> !PartFields.isExact(f) && !f.is("MIME-Version")).toList();
      List<HeaderField> fields = new ArrayList<>(others);
      Optional<String> id =
          new Header(others)
              .body("Message-ID")
              .flatMap(b -> MessageIds.parse(b).stream().findFirst());
      if (id.isEmpty()) {
        fields.add(HeaderField.of("Message-ID", "<" + made + ">"));
      }
      MimePart whole =
          new MimePart.Raw(
              List.of(
                  HeaderField.of("MIME-Version", "1.0"),
                  HeaderField.of("Content-Type", type.get())),
              Octets.of(octets));
      return Optional.of(
          new X400ToMail.Mail(fields, whole, id.orElse(made), Optional.empty(), true));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Disposition (RFC 8098 3.2.6). */
  static String disposition(IPN ipn) {
    return switch (ipn.choice()) {
      case NotificationFields.ReceiptFields r ->
          r.value().acknowledgmentMode() == AcknowledgmentMode.AUTOMATIC
              ? "automatic-action/MDN-sent-automatically; displayed"
              : "manual-action/MDN-sent-manually; displayed";
      case NotificationFields.NonReceiptFields n ->
          "automatic-action/MDN-sent-automatically; "
              + (n.value().nonReceiptReason().equals(NonReceiptReason.IPM_AUTO_FORWARDED)
                  ? "dispatched"
                  : "deleted");
      case NotificationFields.OtherNotificationTypeFields o ->
          "automatic-action/MDN-sent-automatically; processed";
    };
  }

  /** message/disposition-notification; empty if nobody is named who notifies. */
  private Optional<MimePart> status(IPN ipn) throws DecodeException {
    Optional<MailAddress> from = address(ipn.ipnOriginator());
    if (from.isEmpty()) {
      return Optional.empty();
    }
    List<HeaderField> fields = new ArrayList<>();
    fields.add(HeaderField.of("Reporting-UA", settings.mailHost() + "; X.400"));
    address(ipn.ipmIntendedRecipient())
        .ifPresent(
            a -> fields.add(HeaderField.of("Original-Recipient", "rfc822; " + a.mailbox().text())));
    fields.add(HeaderField.of("Final-Recipient", "rfc822; " + from.get().mailbox().text()));
    fields.add(
        HeaderField.of("Original-Message-ID", "<" + Naming.messageId(ipn.subjectIpm()) + ">"));
    fields.add(HeaderField.of("Disposition", disposition(ipn)));
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    fields.forEach(f -> octets.writeBytes(f.octets().toArray()));
    return Optional.of(
        new MimePart.Leaf(
            new MediaType("message", "disposition-notification", Map.of()),
            List.of(),
            Octets.of(octets.toByteArray()),
            TransferEncoding.SEVEN_BIT));
  }

  private MimePart body(String text, Optional<MimePart> status, Optional<IPM> returned, Desk desk)
      throws DecodeException, IOException {
    MimePart.Leaf said =
        new MimePart.Leaf(
            new MediaType("text", "plain", Map.of("charset", "utf-8")),
            List.of(),
            Octets.of(text.getBytes(StandardCharsets.UTF_8)),
            TransferEncoding.QUOTED_PRINTABLE);
    if (returned.isEmpty() && status.isEmpty()) {
      return said;
    }
    List<MimePart> parts = new ArrayList<>(List.of(said));
    status.ifPresent(parts::add);
    if (returned.isPresent()) {
      parts.add(message(returned.get(), desk));
    }
    MediaType type =
        status.isPresent()
            ? new MediaType(
                "multipart", "report", Map.of("report-type", "disposition-notification"))
            : new MediaType("multipart", "mixed", Map.of());
    return new MimePart.Multi(type, List.of(), parts);
  }

  private MimePart message(IPM returned, Desk desk) throws DecodeException, IOException {
    List<HeaderField> carried = PartFields.read(returned.heading().extensions());
    return new MimePart.Message(
        List.of(),
        IpmHeading.whole(returned.heading(), naming, carried, true, desk),
        new IpmBody(naming, desk).body(returned, carried));
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
