package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;

/** Addresses and identifiers as reports of both worlds write them. */
final class ReportNames {
  private final MixerSettings settings;
  private final MailToX400 toX400;

  ReportNames(MixerSettings settings, MailToX400 toX400) {
    this.settings = settings;
    this.toX400 = toX400;
  }

  /** The O/R address that a typed address means, if it means one. */
  Optional<OrAddress> address(DeliveryStatus.Typed typed) {
    try {
      return switch (typed.type()) {
        case "rfc822", "utf-8" ->
            Optional.of(toX400.or(Mailbox.parse(typed.value().replaceAll("[<>]", ""))));
        case "x400" -> Optional.of(StdOr.parse(typed.value()));
        default -> Optional.empty();
      };
    } catch (AddressMappingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An O/R address as ORCPT writes it. */
  static Optional<OriginalRecipient> x400(OrAddress address) {
    try {
      return Optional.of(new OriginalRecipient("x400", StdOr.format(address)));
    } catch (AddressMappingException e) {
      return Optional.empty();
    }
  }

  /** RFC 2156 5.1.8.3: a subject identifier where the world of the subject had none. */
  MtsIdentifier generated(Identification names) {
    String id = names.messageId().or(names::envelopeId).orElse("unknown");
    return new MtsIdentifier(
        settings.domain(), cut("<" + id.replaceAll("[^\\x20-\\x7E]", "?") + ">", 32));
  }

  /** {@code text}, at most {@code most} characters of it. */
  static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }
}
