package org.heliograph.mixer;

import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x420.AcknowledgmentMode;
import org.heliograph.asn1.x420.DiscardReason;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.NonReceiptFields;
import org.heliograph.asn1.x420.NonReceiptReason;
import org.heliograph.asn1.x420.NotificationFields;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.ReceiptFields;
import org.heliograph.mail.DispositionNotification;
import org.heliograph.mail.Entity;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailAddress;
import org.heliograph.mail.MailDate;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Mailbox;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Disposition notifications of mail (RFC 8098) as interpersonal notifications. RFC 2156 is older
 * and has no rule for it; what an IPN has no component for rides in an rfc-822-field extension: the
 * header, and the body as it stands, so that the notification comes back as it was.
 *
 * <p>displayed and processed become receipt notifications, deleted and dispatched non-receipt
 * notifications (discarded, auto-forwarded). Another disposition, one with modifiers, one that does
 * not say about which message, or one larger than 24 KiB goes on as a message.
 */
final class MdnToIpn {
  /** The field of an extension that holds the body of a notification. */
  static final String BODY = PartFields.EXACT + "Notification-Body";

  private static final int MOST = 24 * 1024;

  private final MailToX400 toX400;
  private final Naming naming;

  MdnToIpn(MailToX400 toX400, Naming naming) {
    this.toX400 = toX400;
    this.naming = naming;
  }

  /**
   * A notification.
   *
   * @param from the recipient who notifies
   */
  record Made(MailToX400.Content content, Mailbox from) {}

  /** The notification that {@code message} is; empty if it is none or has to go as a message. */
  Optional<Made> notification(Entity message, boolean believed, Desk desk) throws StoreUnavailable {
    Optional<DispositionNotification> read = DispositionNotification.read(message, desk.content());
    if (read.isEmpty()
        || read.get().originalMessageId().isEmpty()
        || read.get().finalRecipient().isEmpty()
        || read.get().modified()
        || message.body().length() > MOST) {
      return Optional.empty();
    }
    DispositionNotification mdn = read.get();
    Optional<ORDescriptor> from = descriptor(mdn.finalRecipient().get());
    Optional<Time> at =
        message
            .header()
            .body("Date")
            .flatMap(MailDate::parse)
            .or(() -> Optional.of(MailToX400.now(desk)))
            .map(OffsetDateTime::toInstant)
            .flatMap(i -> Clock.utc(i.atOffset(java.time.ZoneOffset.UTC)));
    if (from.isEmpty() || at.isEmpty()) {
      return Optional.empty();
    }
    Optional<NotificationFields> choice = choice(mdn, at.get());
    if (choice.isEmpty()) {
      return Optional.empty();
    }
    @Nullable ORDescriptor intended =
        mdn.originalRecipient()
            .filter(o -> !o.equals(mdn.finalRecipient().get()))
            .flatMap(this::descriptor)
            .orElse(null);
    IPN ipn =
        IPN.builder()
            .subjectIpm(Naming.identifier(IpmIds.toIpm(mdn.originalMessageId().get())))
            .ipnOriginator(from.get())
            .ipmIntendedRecipient(intended)
            .choice(choice.get())
            .build();
    Optional<KeptNotification.Kept> kept =
        believed
            ? KeptNotification.read(message.header()).filter(k -> agrees(k.ipn(), ipn))
            : Optional.empty();
    Optional<IPM> returned = returned(mdn, desk);
    ContentType type = kept.map(KeptNotification.Kept::type).orElse(ContentTypes.P22);
    IPN made =
        kept.isPresent()
            ? KeptNotification.returning(kept.get().ipn(), returned)
            : KeptNotification.returning(carrying(ipn, message, desk), returned);
    return Optional.of(new Made(content(type, made), mdn.finalRecipient().get()));
  }

  private Optional<ORDescriptor> descriptor(Mailbox mailbox) {
    ORDescriptor descriptor = naming.descriptor(MailAddress.of(mailbox));
    return descriptor.formalName() == null ? Optional.empty() : Optional.of(descriptor);
  }

  private static Optional<NotificationFields> choice(DispositionNotification mdn, Time at) {
    return switch (mdn.type()) {
      case "displayed", "processed" ->
          Optional.of(
              new NotificationFields.ReceiptFields(
                  new ReceiptFields(
                      at,
                      mdn.automatic() ? AcknowledgmentMode.AUTOMATIC : AcknowledgmentMode.MANUAL,
                      null,
                      null)));
      case "deleted" -> Optional.of(nonReceipt(NonReceiptReason.IPM_DISCARDED, null));
      case "dispatched" -> Optional.of(nonReceipt(NonReceiptReason.IPM_AUTO_FORWARDED, null));
      default -> Optional.empty();
    };
  }

  private static NotificationFields nonReceipt(
      NonReceiptReason reason, @Nullable DiscardReason discarded) {
    return new NotificationFields.NonReceiptFields(
        new NonReceiptFields(reason, discarded, null, null, null));
  }

  /** Whether people read the same in what was kept and in what stands in the notification. */
  private static boolean agrees(IPN kept, IPN said) {
    try {
      return Naming.messageId(kept.subjectIpm()).equals(Naming.messageId(said.subjectIpm()))
          && Notifications.disposition(kept).equals(Notifications.disposition(said));
    } catch (DecodeException e) {
      return false;
    }
  }

  /** RFC 2156 5.1.2 for a notification: its header, and its body. */
  private static IPN carrying(IPN ipn, Entity message, Desk desk) throws StoreUnavailable {
    List<String> lines = new ArrayList<>();
    for (HeaderField field : message.header().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!HeaderFields.isTransient(name) && !name.equals("content-type")) {
        lines.add(PartFields.line(field));
      }
    }
    message
        .header()
        .first("Content-Type")
        .ifPresent(f -> lines.add(PartFields.exact(f.name(), f.body())));
    try (InputStream in = desk.content().open(message.body().start())) {
      byte[] body = in.readNBytes((int) message.body().length());
      lines.add(BODY + ": " + Base64.getEncoder().encodeToString(body));
    } catch (IOException e) {
      throw Desk.unavailable(e);
    }
    List<IPMSExtension> extensions = PartFields.extension(lines).stream().toList();
    return ipn.toBuilder().notificationExtensions(extensions).build();
  }

  /** The message that a non-receipt notification returns. */
  private Optional<IPM> returned(DispositionNotification mdn, Desk desk) throws StoreUnavailable {
    Optional<Entity> message = mdn.returned().flatMap(Entity::message);
    return message.isEmpty()
        ? Optional.empty()
        : Optional.of(toX400.ipm(message.get(), true, Author.NOBODY, "returned@x", desk).ipm());
  }

  private static MailToX400.Content content(ContentType type, IPN ipn) {
    Octets octets =
        type.equals(ContentTypes.P772)
            ? org.heliograph.asn1.p772.InformationObject.CODEC.encode(
                new org.heliograph.asn1.p772.InformationObject.Mn(ipn))
            : InformationObject.CODEC.encode(new InformationObject.Ipn(ipn));
    return new MailToX400.Content(
        type, octets, new EncodedTypes().types(), "notification", Optional.empty(), List.of());
  }
}
