package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.PrintableText;

/**
 * Message-IDs as IPM identifiers and back (RFC 2156 4.7.3), by rule alone: no table, so that an
 * identifier that crosses twice comes back as it was.
 */
public final class IpmIds {
  private static final int MAX_RELATIVE = 64;

  /** ACP 123 wants at least 15 characters (RFC 6477 6 d). */
  private static final int MIN_MILITARY = 15;

  private static final String X400_BORN = "MHS";

  private IpmIds() {}

  /**
   * An IPM identifier.
   *
   * @param user the user who gave it
   * @param relative user-relative-identifier, of PrintableString
   */
  public record IpmId(Optional<OrAddress> user, String relative) {
    /** The text form of RFC 2156 4.7.3.2, {@code relative*std-or}; for look-ups. */
    public String text() {
      try {
        return relative + "*" + (user.isPresent() ? StdOr.format(user.get()) : "");
      } catch (AddressMappingException e) {
        return relative + "*" + user.map(OrAddress::comparisonKey).orElse("");
      }
    }
  }

  /**
   * RFC 2156 4.7.3.3.
   *
   * @param messageId without angle brackets
   * @return cut at 64 characters if it is longer
   */
  public static IpmId toIpm(String messageId) {
    Optional<IpmId> born = x400Born(messageId);
    if (born.isPresent()) {
      return born.get();
    }
    String ascii = messageId.replaceAll("[^\\x00-\\x7F]", "?");
    String encoded = PrintableText.encode(ascii);
    return new IpmId(
        Optional.empty(),
        encoded.length() > MAX_RELATIVE ? encoded.substring(0, MAX_RELATIVE) : encoded);
  }

  /** {@code id} as STANAG 4406 wants it: at least 15 characters, and a user. */
  public static IpmId military(IpmId id, OrAddress user) {
    String relative = id.relative();
    relative += " ".repeat(Math.max(0, MIN_MILITARY - relative.length()));
    return new IpmId(id.user().isPresent() ? id.user() : Optional.of(user), relative);
  }

  private static Optional<IpmId> x400Born(String messageId) {
    int at = messageId.lastIndexOf('@');
    if (at <= 0 || !messageId.substring(at + 1).equalsIgnoreCase(X400_BORN)) {
      return Optional.empty();
    }
    try {
      String local = Mailbox.parse(messageId).localPart();
      int star = local.indexOf('*');
      if (star < 0 || star > MAX_RELATIVE || !PrintableText.isPrintable(local.substring(0, star))) {
        return Optional.empty();
      }
      String user = local.substring(star + 1);
      return Optional.of(
          new IpmId(
              user.isEmpty() ? Optional.empty() : Optional.of(StdOr.parse(user)),
              local.substring(0, star)));
    } catch (IllegalArgumentException | AddressMappingException e) {
      return Optional.empty();
    }
  }

  /**
   * RFC 2156 4.7.3.4. A military identifier whose user is {@code gatewayUser} was given by {@link
   * #military} and counts as one without user.
   *
   * @return without angle brackets
   */
  public static String toMessageId(IpmId id, Optional<OrAddress> gatewayUser) {
    boolean ours =
        id.user().isEmpty() || gatewayUser.isPresent() && id.user().get().sameAs(gatewayUser.get());
    if (ours) {
      Optional<String> decoded = PrintableText.decode(id.relative()).map(String::stripTrailing);
      if (decoded.isPresent()
          && decoded.get().matches("(\"[^\"\\\\<>]+\"|[^@\\s<>]+)@[^@\\s<>]+")) {
        return decoded.get();
      }
    }
    String local = id.text();
    return new Mailbox(local.isEmpty() ? "*" : local, "mhs").text().replaceAll("@mhs$", "@MHS");
  }
}
