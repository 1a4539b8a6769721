package org.heliograph.asn1;

/**
 * Tags (X.690 8.1.2) as plain integers: class in the two top bits, number in the rest. The
 * constructed bit is no part of a tag.
 */
public final class Tag {
  private static final String[] UNIVERSAL_NAMES = {
    "END-OF-CONTENTS",
    "BOOLEAN",
    "INTEGER",
    "BIT STRING",
    "OCTET STRING",
    "NULL",
    "OBJECT IDENTIFIER",
    "ObjectDescriptor",
    "EXTERNAL",
    "REAL",
    "ENUMERATED",
    "EMBEDDED PDV",
    "UTF8String",
    "RELATIVE-OID",
    "TIME",
    "?15",
    "SEQUENCE",
    "SET",
    "NumericString",
    "PrintableString",
    "TeletexString",
    "VideotexString",
    "IA5String",
    "UTCTime",
    "GeneralizedTime",
    "GraphicString",
    "VisibleString",
    "GeneralString",
    "UniversalString",
    "CHARACTER STRING",
    "BMPString"
  };
  static final int NUMBER_MASK = 0x3FFF_FFFF;

  /** No single tag: a CHOICE or an open type. */
  public static final int NONE = -1;

  public static final int BOOLEAN = 1;
  public static final int INTEGER = 2;
  public static final int BIT_STRING = 3;
  public static final int OCTET_STRING = 4;
  public static final int NULL = 5;
  public static final int OBJECT_IDENTIFIER = 6;
  public static final int OBJECT_DESCRIPTOR = 7;
  public static final int EXTERNAL = 8;
  public static final int ENUMERATED = 10;
  public static final int UTF8_STRING = 12;
  public static final int SEQUENCE = 16;
  public static final int SET = 17;
  public static final int UTC_TIME = 23;
  public static final int GENERALIZED_TIME = 24;

  private Tag() {}

  /** The universal tag with this number. */
  public static int universal(int number) {
    return number;
  }

  /** The application tag with this number. */
  public static int application(int number) {
    return 1 << 30 | number;
  }

  /** The context-specific tag with this number. */
  public static int context(int number) {
    return 2 << 30 | number;
  }

  /** The private tag with this number. */
  public static int privateUse(int number) {
    return 3 << 30 | number;
  }

  static int of(int classBits, int number) {
    return classBits << 30 | number;
  }

  /** The class: 0 universal, 1 application, 2 context-specific, 3 private. */
  public static int classOf(int tag) {
    return tag >>> 30;
  }

  /** The number within the class. */
  public static int number(int tag) {
    return tag & NUMBER_MASK;
  }

  /** The tag as people write it: {@code SEQUENCE}, {@code [3]}, {@code [APPLICATION 1]}. */
  public static String text(int tag) {
    int number = number(tag);
    return switch (classOf(tag)) {
      case 0 ->
          number < UNIVERSAL_NAMES.length ? UNIVERSAL_NAMES[number] : "[UNIVERSAL " + number + "]";
      case 1 -> "[APPLICATION " + number + "]";
      case 2 -> "[" + number + "]";
      default -> "[PRIVATE " + number + "]";
    };
  }
}
