package org.heliograph.mail;

import java.util.Optional;
import org.heliograph.model.Mailbox;

/**
 * A mailbox as a header names it (RFC 5322 3.4).
 *
 * @param name the display name, decoded; or the comment that stood in its place
 * @param mailbox the address
 */
public record MailAddress(Optional<String> name, Mailbox mailbox) {

  /** An address without a name. */
  public static MailAddress of(Mailbox mailbox) {
    return new MailAddress(Optional.empty(), mailbox);
  }

  /** The form for a header field. */
  public String text() {
    return name.map(n -> phrase(n) + " <" + mailbox.text() + ">").orElseGet(mailbox::text);
  }

  /** {@code name} as a phrase (RFC 5322 3.2.5). */
  static String phrase(String name) {
    if (name.chars().anyMatch(c -> c > 0x7E || c < 0x20) || name.contains("=?")) {
      return EncodedWords.words(name);
    }
    boolean atoms =
        name.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    return atoms ? name : Parameters.quote(name);
  }

  @Override
  public String toString() {
    return text();
  }
}
