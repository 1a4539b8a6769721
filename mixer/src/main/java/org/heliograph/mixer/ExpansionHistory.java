package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x411.DLExpansion;
import org.heliograph.asn1.x411.DLExpansionHistory;
import org.heliograph.asn1.x411.X411;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Mailbox;
import org.heliograph.x400.OrNames;

/**
 * DL-Expansion-History fields and the extension that prevents lists from looping (RFC 2156 5.1.7,
 * 5.3.6).
 */
final class ExpansionHistory {
  static final String FIELD = "DL-Expansion-History";
  private static final int MOST = 512;

  private ExpansionHistory() {}

  /** The extension for the fields of a header, newest first there; none if there is no field. */
  static List<Extension> extension(Header header, MailToX400 mapping) {
    List<DLExpansion> history = new ArrayList<>();
    for (HeaderField field : header.all(FIELD).reversed()) {
      String[] parts = field.body().split(";", -1);
      Optional<Time> at =
          parts.length < 2
              ? Optional.empty()
              : MailDate.parse(parts[1].strip()).flatMap(Clock::utc);
      try {
        if (at.isPresent() && history.size() < MOST) {
          history.add(
              new DLExpansion(OrNames.name(mapping.or(Mailbox.parse(parts[0].strip()))), at.get()));
        }
      } catch (AddressMappingException | IllegalArgumentException e) {
        // a field that says nothing stops no loop
      }
    }
    if (history.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Extension(
            new Extension.Standard((int) X411.DL_EXPANSION_HISTORY),
            Set.of(),
            Bytes.of(DLExpansionHistory.CODEC.encodeToArray(history))));
  }

  /** The fields for an extension, newest first. */
  static List<HeaderField> fields(Extension extension, AddressMapper addresses)
      throws DecodeException {
    List<HeaderField> fields = new ArrayList<>();
    for (DLExpansion e :
        DLExpansionHistory.CODEC.decode(Octets.of(extension.value().toArray())).reversed()) {
      try {
        Mailbox list = addresses.toRfc822(OrNames.read(e.dl())).value();
        fields.add(
            HeaderField.of(FIELD, list.text() + "; " + Clock.text(e.dlExpansionTime()) + ";"));
      } catch (AddressMappingException unsayable) {
        fields.add(HeaderField.of("X-Other-" + FIELD, String.valueOf(unsayable.getMessage())));
      }
    }
    return fields;
  }
}
