package org.heliograph.asn1.compiler;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type as written. References know the module they stand in. */
sealed interface Type {

  /** A universal type without inner structure; {@code tables} only for EXTERNAL. */
  record Simple(Universal universal, List<String> tables) implements Type {}

  /** INTEGER. */
  record Int(Map<String, Long> names, boolean big) implements Type {}

  /** BIT STRING. */
  record Bits(Map<String, Long> names) implements Type {}

  /** ENUMERATED. */
  record Enumerated(Map<String, Long> values, boolean extensible) implements Type {}

  /**
   * SEQUENCE or SET; {@code marker} is the number of components before the extension marker, or -1.
   */
  record Structure(boolean set, List<Component> components, int marker) implements Type {}

  /** CHOICE. */
  record Alternatives(List<Component> alternatives, boolean extensible) implements Type {}

  /** SEQUENCE OF or SET OF. */
  record ListOf(boolean set, Type element) implements Type {}

  /** A tag in front of a type; the tag in the form of the runtime. */
  record Tagged(int tagClass, int number, boolean explicit, boolean orExplicit, Type inner)
      implements Type {}

  /** SIZE or value range; a missing end is MIN or MAX. */
  record Constrained(Type inner, boolean size, @Nullable Bound least, @Nullable Bound most)
      implements Type {}

  /** ANY; the component that says what it is, and the tables that know. */
  record Open(String definedBy, List<String> tables) implements Type {}

  /** The name of a type. */
  record Named(Module scope, String name, int line) implements Type {}

  /** An end of a range: a number, or the name of one. */
  record Bound(Module scope, @Nullable Long number, String name, int line) {}

  /** How a component may be absent. */
  enum Presence {
    REQUIRED,
    OPTIONAL,
    DEFAULT
  }

  /** A component or alternative; with {@code componentsOf} the type is what to take them from. */
  record Component(
      String name,
      Type type,
      Presence presence,
      @Nullable Default byDefault,
      boolean stream,
      boolean octets,
      boolean componentsOf,
      int line) {}

  /** A default value: words or a number, in braces or not. */
  record Default(Module scope, List<String> words, boolean braces, int line) {}

  /** The universal types without inner structure: tag, codec in the runtime, Java type. */
  enum Universal {
    BOOLEAN(1, "Codecs.BOOLEAN", "Boolean"),
    OCTET_STRING(4, "Codecs.OCTET_STRING", "Octets"),
    NULL(5, "Codecs.NULL", "Null"),
    OBJECT_IDENTIFIER(6, "Codecs.OBJECT_IDENTIFIER", "ObjectIdentifier"),
    OBJECT_DESCRIPTOR(7, "Codecs.OBJECT_DESCRIPTOR", "Text"),
    EXTERNAL(8, "External.CODEC", "External"),
    UTF8_STRING(12, "Codecs.UTF8_STRING", "Text"),
    NUMERIC_STRING(18, "Codecs.NUMERIC_STRING", "Text"),
    PRINTABLE_STRING(19, "Codecs.PRINTABLE_STRING", "Text"),
    TELETEX_STRING(20, "Codecs.TELETEX_STRING", "Text"),
    VIDEOTEX_STRING(21, "Codecs.VIDEOTEX_STRING", "Text"),
    IA5_STRING(22, "Codecs.IA5_STRING", "Text"),
    UTC_TIME(23, "Codecs.UTC_TIME", "Time"),
    GENERALIZED_TIME(24, "Codecs.GENERALIZED_TIME", "Time"),
    GRAPHIC_STRING(25, "Codecs.GRAPHIC_STRING", "Text"),
    VISIBLE_STRING(26, "Codecs.VISIBLE_STRING", "Text"),
    GENERAL_STRING(27, "Codecs.GENERAL_STRING", "Text"),
    UNIVERSAL_STRING(28, "Codecs.UNIVERSAL_STRING", "Text"),
    BMP_STRING(30, "Codecs.BMP_STRING", "Text");

    final int tag;
    final String codec;
    final String javaType;

    Universal(int tag, String codec, String javaType) {
      this.tag = tag;
      this.codec = codec;
      this.javaType = javaType;
    }

    /** Whether values have a size: octets or characters. */
    boolean sized() {
      return javaType.equals("Octets") || javaType.equals("Text");
    }

    static final Map<String, Universal> BY_WORD =
        Map.ofEntries(
            Map.entry("BOOLEAN", BOOLEAN),
            Map.entry("NULL", NULL),
            Map.entry("ObjectDescriptor", OBJECT_DESCRIPTOR),
            Map.entry("EXTERNAL", EXTERNAL),
            Map.entry("UTF8String", UTF8_STRING),
            Map.entry("NumericString", NUMERIC_STRING),
            Map.entry("PrintableString", PRINTABLE_STRING),
            Map.entry("TeletexString", TELETEX_STRING),
            Map.entry("T61String", TELETEX_STRING),
            Map.entry("VideotexString", VIDEOTEX_STRING),
            Map.entry("IA5String", IA5_STRING),
            Map.entry("UTCTime", UTC_TIME),
            Map.entry("GeneralizedTime", GENERALIZED_TIME),
            Map.entry("GraphicString", GRAPHIC_STRING),
            Map.entry("VisibleString", VISIBLE_STRING),
            Map.entry("ISO646String", VISIBLE_STRING),
            Map.entry("GeneralString", GENERAL_STRING),
            Map.entry("UniversalString", UNIVERSAL_STRING),
            Map.entry("BMPString", BMP_STRING));
  }
}
