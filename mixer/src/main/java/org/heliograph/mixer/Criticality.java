package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.x411.X411;
import org.heliograph.mail.HeaderField;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.x400.Kept;

/**
 * Extensions of X.400 envelopes where they end (RFC 2156 5.3.6): what mail cannot say refuses the
 * message if it is critical for transfer or delivery, and is listed in a header field if not.
 */
final class Criticality {
  /** What is mapped: into fields, parameters of SMTP, trace, or a label. */
  private static final Set<Long> MAPPED =
      Set.of(
          X411.CONVERSION_WITH_LOSS_PROHIBITED,
          X411.LATEST_DELIVERY_TIME,
          X411.MESSAGE_SECURITY_LABEL,
          X411.CONTENT_CORRELATOR,
          X411.DL_EXPANSION_HISTORY,
          X411.REDIRECTION_HISTORY,
          X411.TRACE_INFORMATION,
          X411.INTERNAL_TRACE_INFORMATION,
          X411.DL_EXPANSION_PROHIBITED,
          X411.RECIPIENT_REASSIGNMENT_PROHIBITED);

  /** STANAG 4406 priority level qualifier: part of the precedence. */
  private static final String QUALIFIER = "1.3.26.0.4406.0.8.0";

  private Criticality() {}

  private static boolean mapped(Extension e) {
    return Kept.is(e)
        || switch (e.type()) {
          case Extension.Standard standard -> MAPPED.contains((long) standard.number());
          case Extension.Private other -> other.oid().dotted().equals(QUALIFIER);
        };
  }

  /**
   * Refuses what may not be passed over.
   *
   * @throws ConversionException naming the extension
   */
  static void check(List<Extension> extensions) throws ConversionException {
    for (Extension e : extensions) {
      boolean critical =
          e.criticality().contains(Extension.Criticality.TRANSFER)
              || e.criticality().contains(Extension.Criticality.DELIVERY);
      if (critical && !mapped(e)) {
        throw new ConversionException(
            Failure.Cause.CRITICAL_EXTENSION,
            "extension " + e.type() + " is critical, and mail has nothing for it");
      }
    }
  }

  /** Fields for extensions: the history of lists, and what was passed over. */
  static List<HeaderField> fields(List<Extension> extensions, AddressMapper addresses)
      throws ConversionException {
    List<HeaderField> fields = new ArrayList<>();
    Set<String> discarded = new TreeSet<>();
    for (Extension e : extensions) {
      if (e.is((int) X411.DL_EXPANSION_HISTORY)) {
        try {
          fields.addAll(ExpansionHistory.fields(e, addresses));
        } catch (DecodeException broken) {
          throw new ConversionException(
              Failure.Cause.CONTENT_SYNTAX,
              "the DL expansion history cannot be read: " + broken.getMessage());
        }
      } else if (!mapped(e)) {
        discarded.add(e.type().toString());
      }
    }
    if (!discarded.isEmpty()) {
      fields.add(HeaderField.of("Discarded-X400-MTS-Extensions", String.join(", ", discarded)));
    }
    return fields;
  }
}
