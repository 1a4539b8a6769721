package org.heliograph.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.mail.Header;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MessageIds;
import org.heliograph.mail.MmhsReader;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Precedence;

/**
 * What the envelope takes from the header of a message.
 *
 * @param received how many Received: fields
 * @param messageId Message-ID, without angle brackets
 * @param precedence from MMHS-Primary-Precedence (RFC 6477 3.8), else MT-Priority (RFC 6758), else
 *     Priority (RFC 2156 5.3.6)
 * @param label from SIO-Label (RFC 7444)
 */
record HeaderFacts(
    int received,
    Optional<String> messageId,
    Optional<Precedence> precedence,
    Optional<SioLabel.Encoded> label) {

  /**
   * Reads the octets of a header.
   *
   * @throws MailSyntaxException if it is larger than {@code limit}
   */
  static HeaderFacts read(byte[] octets, int limit) throws MailSyntaxException {
    Header header;
    try {
      header = MailReader.readHeader(new ByteArrayInputStream(octets), new MailLimits(limit, 1, 1));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new HeaderFacts(
        header.all("Received").size(),
        header
            .body("Message-ID")
            .flatMap(body -> MessageIds.parse(body).stream().findFirst())
            .filter(id -> id.length() <= 998),
        precedence(header),
        label(header));
  }

  private static Optional<Precedence> precedence(Header header) {
    boolean military = header.fields().stream().anyMatch(f -> f.is("MMHS-Primary-Precedence"));
    if (military) {
      var primary = MmhsReader.read(header).fields().primaryPrecedence();
      if (primary.isPresent()) {
        int number = primary.getAsInt();
        // 6 to 15 are NATO's to define, and nobody has: they are no reason to go first
        return number > 5 && number < 16
            ? Optional.empty()
            : Optional.of(Precedence.ofMmhs(number));
      }
    }
    List<String> tunnelled =
        header.all("MT-Priority").stream()
            .map(f -> f.body())
            .filter(body -> body.matches("-?[0-9]"))
            .toList();
    if (tunnelled.size() == 1) { // RFC 6758 3: a single valid one counts
      return Optional.of(ofMtPriority(Integer.parseInt(tunnelled.getFirst())));
    }
    return switch (header.body("Priority").orElse("").toLowerCase(Locale.ROOT)) {
      case "urgent" -> Optional.of(ofMtPriority(4)); // RFC 6710 appendix B
      case "non-urgent" -> Optional.of(ofMtPriority(-4));
      default -> Optional.empty();
    };
  }

  /** RFC 6710 5 and appendix A: rounded up to the next level of policy STANAG4406. */
  static Precedence ofMtPriority(int priority) {
    Precedence least = Precedence.OVERRIDE;
    for (Precedence p : Precedence.values()) {
      if (p.mtPriority() >= priority) {
        least = p;
      }
    }
    return least;
  }

  private static Optional<SioLabel.Encoded> label(Header header) {
    Optional<String> body = header.body(SioLabel.FIELD);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return SioLabel.parse(body.get()).label();
    } catch (MailSyntaxException e) {
      return Optional.empty(); // RFC 7444 asks nobody to refuse a message for its label field
    }
  }
}
