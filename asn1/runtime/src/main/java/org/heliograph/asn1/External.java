package org.heliograph.asn1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EXTERNAL, and INSTANCE OF, which is encoded like it (X.690 8.18).
 *
 * @param directReference the identifier of the syntax, if given
 * @param indirectReference the presentation context, if given
 * @param dataValueDescriptor for people, if given
 * @param encoding the value
 */
public record External(
    @Nullable ObjectIdentifier directReference,
    @Nullable Long indirectReference,
    @Nullable Text dataValueDescriptor,
    Encoding encoding) {
  static final String KEY = "direct-reference";

  /** Where no table says what it holds. */
  public static final Codec<External> CODEC = codec(new String[0]);

  /** Governed by the tables of these names, with the direct reference as the key. */
  public static Codec<External> codec(String... tables) {
    return Struct.<External>sequence("EXTERNAL")
        .optional(KEY, External::directReference, Codecs.OBJECT_IDENTIFIER)
        .optional("indirect-reference", External::indirectReference, Codecs.INTEGER)
        .optional("data-value-descriptor", External::dataValueDescriptor, Codecs.OBJECT_DESCRIPTOR)
        .required("encoding", External::encoding, Encoding.codec(List.of(tables)))
        .build(f -> new External(f.get(0), f.get(1), f.get(2), f.get(3)))
        .implicit(Tag.EXTERNAL);
  }

  /** A value named by an object identifier. */
  public static External of(ObjectIdentifier syntax, Any value) {
    return new External(syntax, null, null, new Encoding.SingleAsn1Type(value));
  }

  /** A value of a presentation context. */
  public static External of(long context, Any value) {
    return new External(null, context, null, new Encoding.SingleAsn1Type(value));
  }

  /** How the value is carried. */
  public sealed interface Encoding extends ChoiceValue {
    /** One complete element. */
    record SingleAsn1Type(Any value) implements Encoding {}

    /** Octets that are a whole value in some syntax, often ASN.1 after all. */
    record OctetAligned(Octets value) implements Encoding {}

    /** Bits. */
    record Arbitrary(BitString value) implements Encoding {}

    private static Codec<Encoding> codec(List<String> tables) {
      return Choice.<Encoding>of("encoding")
          .alternative(
              "single-ASN1-type",
              SingleAsn1Type.class,
              new AnyCodec(KEY, tables).explicit(Tag.context(0)),
              SingleAsn1Type::new)
          .alternative(
              "octet-aligned",
              OctetAligned.class,
              Codecs.OCTET_STRING.implicit(Tag.context(1)),
              OctetAligned::new)
          .alternative(
              "arbitrary",
              Arbitrary.class,
              Codecs.BIT_STRING.implicit(Tag.context(2)),
              Arbitrary::new)
          .build();
    }
  }
}
