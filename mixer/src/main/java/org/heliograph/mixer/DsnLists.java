package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.mixer.RFC822FieldList;
import org.heliograph.mail.HeaderField;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Oid;

/** The extensions dsn-header-list and dsn-field-list of X.400 reports (RFC 2156 5.1.8.2). */
final class DsnLists {
  static final Oid HEADER = oid(MIXER.ID_DSN_HEADER_LIST);
  static final Oid FIELDS = oid(MIXER.ID_DSN_FIELD_LIST);

  /** Octets of all fields of one list; what is beyond is left out, the DSN itself goes along. */
  private static final int MOST = 32 * 1024;

  private DsnLists() {}

  private static Oid oid(ObjectIdentifier id) {
    return new Oid(id.toString());
  }

  /** The extension for {@code fields}; none if there are no fields. */
  static List<Extension> of(Oid type, List<HeaderField> fields) {
    List<Text> texts = new ArrayList<>();
    int octets = 0;
    for (HeaderField field : fields) {
      String line = PartFields.line(field);
      octets += line.length();
      if (octets <= MOST) {
        texts.add(Text.ia5(line));
      }
    }
    return texts.isEmpty()
        ? List.of()
        : List.of(
            new Extension(
                new Extension.Private(type),
                Set.of(),
                Bytes.of(RFC822FieldList.CODEC.encodeToArray(texts))));
  }

  static boolean is(Extension extension, Oid type) {
    return extension.type() instanceof Extension.Private p && p.oid().equals(type);
  }

  /** The fields of the list {@code type} among {@code extensions}; none if it cannot be read. */
  static List<HeaderField> read(Oid type, List<Extension> extensions) {
    List<HeaderField> fields = new ArrayList<>();
    for (Extension e : extensions) {
      if (is(e, type) && e.value().length() <= 2 * MOST) {
        try {
          for (Text text : RFC822FieldList.CODEC.decode(Octets.of(e.value().toArray()))) {
            field(text.toString()).ifPresent(fields::add);
          }
        } catch (DecodeException broken) {
          return List.of();
        }
      }
    }
    return fields;
  }

  private static Optional<HeaderField> field(String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    return name.matches("[!-9;-~]{1,200}")
        ? Optional.of(HeaderField.of(name, line.substring(colon + 1).strip()))
        : Optional.empty();
  }
}
