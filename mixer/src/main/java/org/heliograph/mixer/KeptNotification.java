package org.heliograph.mixer;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.BerReader;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.NonReceiptFields;
import org.heliograph.asn1.x420.NotificationFields;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.model.ContentType;

/**
 * An interpersonal notification in a field of the disposition notification that is made of it, so
 * that it comes back as it was: content type, and its BER without a returned message. Believed only
 * from systems that are, like {@link KeptHeading}.
 */
final class KeptNotification {
  static final String FIELD = "X-X400-Notification";
  private static final int MOST = 24 * 1024;
  private static final Limits LIMITS = new Limits(32, 20_000);

  private KeptNotification() {}

  /**
   * What a field holds.
   *
   * @param ipn without returned message
   */
  record Kept(ContentType type, IPN ipn) {}

  /** The field; empty if it would be too large. */
  static Optional<HeaderField> of(ContentType type, IPN ipn) {
    byte[] octets = IPN.CODEC.encodeToArray(returning(ipn, Optional.empty()));
    if (octets.length > MOST) {
      return Optional.empty();
    }
    String text = Base64.getEncoder().encodeToString(octets).replaceAll("(.{64})(?=.)", "$1 ");
    return Optional.of(HeaderField.of(FIELD, type + "; " + text));
  }

  /** What the only such field of {@code header} holds. */
  static Optional<Kept> read(Header header) {
    List<HeaderField> all = header.all(FIELD);
    String body = all.size() == 1 ? all.getFirst().body() : "";
    int semicolon = body.indexOf(';');
    if (semicolon < 0 || body.length() > 2 * MOST) {
      return Optional.empty();
    }
    try {
      ContentType type = ContentType.parse(body.substring(0, semicolon).strip());
      byte[] octets =
          Base64.getDecoder().decode(body.substring(semicolon + 1).replaceAll("[ \\t]", ""));
      return Optional.of(
          new Kept(type, IPN.CODEC.decode(new BerReader(Octets.of(octets), LIMITS))));
    } catch (IllegalArgumentException | DecodeException e) {
      return Optional.empty();
    }
  }

  /** {@code ipn} with another returned message, if it is of the kind that returns one. */
  static IPN returning(IPN ipn, Optional<org.heliograph.asn1.x420.IPM> returned) {
    if (!(ipn.choice() instanceof NotificationFields.NonReceiptFields n)) {
      return ipn;
    }
    NonReceiptFields f = n.value();
    return ipn.toBuilder()
        .choice(
            new NotificationFields.NonReceiptFields(
                new NonReceiptFields(
                    f.nonReceiptReason(),
                    f.discardReason(),
                    f.autoForwardComment(),
                    returned.orElse(null),
                    f.nrnExtensions())))
        .build();
  }
}
