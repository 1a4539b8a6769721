package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.Redirection;
import org.heliograph.asn1.x411.RedirectionHistory;
import org.heliograph.model.Extension;
import org.heliograph.x400.OrNames;

/** Redirection history as text (RFC 2156 4.6.2). */
final class Redirections {
  private static final List<String> REASONS =
      List.of(
          "Recipient Assigned Alternate Recipient",
          "Originator Requested Alternate Recipient",
          "Recipient MD Assigned Alternate Recipient",
          "Directory Look Up",
          "Alias");

  private Redirections() {}

  private static List<Redirection> read(Extension extension) throws DecodeException {
    return RedirectionHistory.CODEC.decode(Octets.of(extension.value().toArray()));
  }

  private static String reason(Redirection r) {
    int value = (int) r.redirectionReason().number();
    return value >= 0 && value < REASONS.size() ? REASONS.get(value) : "Reason " + value;
  }

  private static String intended(Redirection r, AddressMapper addresses) throws DecodeException {
    try {
      return addresses
          .toRfc822(OrNames.read(r.intendedRecipientName().intendedRecipient()))
          .value()
          .text();
    } catch (AddressMappingException unsayable) {
      return "(" + unsayable.getMessage() + ")";
    }
  }

  /** redirection-history-item for each, earliest first. */
  static List<String> items(Extension extension, AddressMapper addresses) throws DecodeException {
    List<String> items = new ArrayList<>();
    for (Redirection r : read(extension)) {
      items.add(
          "intended recipient "
              + intended(r, addresses)
              + " redirected to "
              + reason(r)
              + " on "
              + Clock.text(r.intendedRecipientName().redirectionTime()));
    }
    return items;
  }

  /** redirect-comment, without parentheses. */
  static String comment(Extension extension, AddressMapper addresses) throws DecodeException {
    StringBuilder out = new StringBuilder();
    for (Redirection r : read(extension)) {
      if (out.isEmpty()) {
        out.append("Originally To: ").append(intended(r, addresses)).append(" Redirected on ");
      } else {
        out.append(' ').append(intended(r, addresses)).append(" Redirected Again on ");
      }
      out.append(Clock.text(r.intendedRecipientName().redirectionTime()));
      out.append(" To: ").append(reason(r));
    }
    return out.toString();
  }
}
