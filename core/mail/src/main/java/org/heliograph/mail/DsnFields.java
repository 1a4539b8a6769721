package org.heliograph.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Oid;

/**
 * Fields of a delivery status notification that only a gateway knows how to say (RFC 2156 5.3.8),
 * on their way to {@link DsnWriter} among the extensions of a report or of one of its recipients.
 * They never leave the switch as extensions.
 */
public enum DsnFields {
  /** Of the header of the notification (RFC 2156 5.3.8.3). */
  HEADER(1),
  /** Of a group of message/delivery-status: the first if they stand at a report. */
  STATUS(2);

  /** A UUID arc (X.667), ours alone. */
  private static final String ARC = "2.25.201939273540926113477395620014763341157.";

  private final String oid;

  DsnFields(int number) {
    this.oid = ARC + number;
  }

  /** The extension that carries {@code fields}. */
  public Extension of(List<HeaderField> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(f -> text.append(f.line()).append('\n'));
    return new Extension(
        new Extension.Private(new Oid(oid)), Set.of(), Bytes.ofText(text.toString()));
  }

  /** The fields among {@code extensions}; empty if there are none. */
  public Header in(List<Extension> extensions) {
    List<HeaderField> fields = new ArrayList<>();
    for (Extension e : extensions) {
      if (e.type() instanceof Extension.Private p && p.oid().dotted().equals(oid)) {
        for (String line : e.value().text().split("\n", -1)) {
          int colon = line.indexOf(':');
          if (colon > 0) {
            fields.add(HeaderField.of(line.substring(0, colon), line.substring(colon + 1)));
          }
        }
      }
    }
    return new Header(fields);
  }

  /** Whether {@code extension} is one of these. */
  public static boolean is(Extension extension) {
    return extension.type() instanceof Extension.Private p && p.oid().dotted().startsWith(ARC);
  }
}
