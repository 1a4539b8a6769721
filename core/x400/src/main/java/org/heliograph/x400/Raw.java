package org.heliograph.x400;

import java.nio.charset.StandardCharsets;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.model.Bytes;
import org.heliograph.model.Oid;
import org.heliograph.model.Show;

/** Small values in the words of the other side. */
final class Raw {
  private Raw() {}

  static Bytes bytes(Octets octets) {
    return Bytes.of(octets.toByteArray());
  }

  static Octets octets(Bytes bytes) {
    return Octets.of(bytes.toArray());
  }

  static Any any(Bytes element) {
    return new Any(octets(element));
  }

  static Oid oid(ObjectIdentifier id) {
    return new Oid(id.toString());
  }

  static ObjectIdentifier oid(Oid id) {
    return ObjectIdentifier.of(id.dotted());
  }

  /** One character for each octet, so that illegal ones survive too. */
  static String characters(Text text) {
    return switch (text.kind()) {
      case UTF8, BMP, UNIVERSAL -> text.toString();
      default -> new String(text.octets().toByteArray(), StandardCharsets.ISO_8859_1);
    };
  }

  /**
   * A string of one octet for each character.
   *
   * @throws IllegalArgumentException if there is a character above 255
   */
  static Text text(Text.Kind kind, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xFF) {
        throw new IllegalArgumentException(
            "'" + Show.safe(value, 64) + "' has a character that " + kind.typeName() + " has not");
      }
    }
    return new Text(kind, Octets.of(value.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static Text printable(String value) {
    return text(Text.Kind.PRINTABLE, value);
  }

  static Text numeric(String value) {
    return text(Text.Kind.NUMERIC, value);
  }

  static Text ia5(String value) {
    return text(Text.Kind.IA5, value);
  }
}
