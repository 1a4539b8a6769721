package org.heliograph.asn1;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A character string: its type and its octets as they came; decoded on demand.
 *
 * @param kind the ASN.1 string type
 * @param octets the octets, never longer than a few hundred except in bodies
 */
public record Text(Kind kind, Octets octets) {

  /** The ASN.1 string types. */
  public enum Kind {
    UTF8(12, StandardCharsets.UTF_8, "UTF8String"),
    NUMERIC(18, StandardCharsets.US_ASCII, "NumericString"),
    PRINTABLE(19, StandardCharsets.US_ASCII, "PrintableString"),
    /** T.61; {@link Text#toString()} knows its Latin-1 letters only. */
    TELETEX(20, StandardCharsets.ISO_8859_1, "TeletexString"),
    VIDEOTEX(21, StandardCharsets.ISO_8859_1, "VideotexString"),
    IA5(22, StandardCharsets.US_ASCII, "IA5String"),
    GRAPHIC(25, StandardCharsets.ISO_8859_1, "GraphicString"),
    VISIBLE(26, StandardCharsets.US_ASCII, "VisibleString"),
    GENERAL(27, StandardCharsets.ISO_8859_1, "GeneralString"),
    UNIVERSAL(28, StandardCharsets.UTF_32BE, "UniversalString"),
    BMP(30, StandardCharsets.UTF_16BE, "BMPString"),
    DESCRIPTOR(7, StandardCharsets.ISO_8859_1, "ObjectDescriptor");

    private final int tag;
    private final Charset charset;
    private final String typeName;

    Kind(int tag, Charset charset, String typeName) {
      this.tag = tag;
      this.charset = charset;
      this.typeName = typeName;
    }

    int tag() {
      return tag;
    }

    /** The name of the type in ASN.1. */
    public String typeName() {
      return typeName;
    }

    /** A value of this type; characters it has not become question marks. */
    public Text of(String text) {
      return new Text(this, Octets.of(text.getBytes(charset)));
    }
  }

  public static Text printable(String text) {
    return Kind.PRINTABLE.of(text);
  }

  public static Text numeric(String text) {
    return Kind.NUMERIC.of(text);
  }

  public static Text ia5(String text) {
    return Kind.IA5.of(text);
  }

  public static Text utf8(String text) {
    return Kind.UTF8.of(text);
  }

  /** Number of characters, from the number of octets where the two go together. */
  public long characters() {
    return switch (kind) {
      case UNIVERSAL -> octets.length() / 4;
      case BMP -> octets.length() / 2;
      case UTF8 -> octets.length() > 65536 ? octets.length() : toString().codePoints().count();
      default -> octets.length();
    };
  }

  /** The characters; malformed octets become replacement characters. */
  @Override
  public String toString() {
    return new String(octets.toByteArray(), kind.charset);
  }
}
