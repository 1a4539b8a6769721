package org.heliograph.asn1;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * The codecs of the universal types, and the ways to make further ones: what generated code names.
 */
public final class Codecs {
  private static final byte[] NOTHING = {};
  private static final byte[] TRUE = {(byte) 0xFF};
  private static final byte[] FALSE = {0};

  public static final Codec<Boolean> BOOLEAN =
      new PrimitiveCodec<>(
          "BOOLEAN", Tag.BOOLEAN, in -> in.boolOctet() != 0, (v, der) -> v ? TRUE : FALSE);

  /** INTEGER of at most eight octets. */
  public static final Codec<Long> INTEGER = new IntegerCodec(Map.of());

  /** INTEGER of at most 1024 octets ({@code -- @big}). */
  public static final Codec<BigInteger> BIG_INTEGER =
      new PrimitiveCodec<>("INTEGER", Tag.INTEGER, Codecs::bigInteger, (v, der) -> v.toByteArray());

  public static final Codec<Null> NULL =
      new PrimitiveCodec<>("NULL", Tag.NULL, Codecs::readNull, (v, der) -> NOTHING);

  public static final Codec<ObjectIdentifier> OBJECT_IDENTIFIER =
      new PrimitiveCodec<>(
          "OBJECT IDENTIFIER",
          Tag.OBJECT_IDENTIFIER,
          ObjectIdentifier::read,
          (v, der) -> v.content());

  public static final Codec<BitString> BIT_STRING = new BitStringCodec(Map.of());
  public static final Codec<Octets> OCTET_STRING =
      new StringCodec<>("OCTET STRING", Tag.OCTET_STRING, o -> o, o -> o);
  public static final Codec<Any> ANY = AnyCodec.OPEN;

  public static final Codec<Text> UTF8_STRING = StringCodec.of(Text.Kind.UTF8);
  public static final Codec<Text> NUMERIC_STRING = StringCodec.of(Text.Kind.NUMERIC);
  public static final Codec<Text> PRINTABLE_STRING = StringCodec.of(Text.Kind.PRINTABLE);
  public static final Codec<Text> TELETEX_STRING = StringCodec.of(Text.Kind.TELETEX);
  public static final Codec<Text> VIDEOTEX_STRING = StringCodec.of(Text.Kind.VIDEOTEX);
  public static final Codec<Text> IA5_STRING = StringCodec.of(Text.Kind.IA5);
  public static final Codec<Text> GRAPHIC_STRING = StringCodec.of(Text.Kind.GRAPHIC);
  public static final Codec<Text> VISIBLE_STRING = StringCodec.of(Text.Kind.VISIBLE);
  public static final Codec<Text> GENERAL_STRING = StringCodec.of(Text.Kind.GENERAL);
  public static final Codec<Text> UNIVERSAL_STRING = StringCodec.of(Text.Kind.UNIVERSAL);
  public static final Codec<Text> BMP_STRING = StringCodec.of(Text.Kind.BMP);
  public static final Codec<Text> OBJECT_DESCRIPTOR = StringCodec.of(Text.Kind.DESCRIPTOR);

  public static final Codec<Time> UTC_TIME =
      new PrimitiveCodec<>("UTCTime", Tag.UTC_TIME, in -> Time.read(in, false), Codecs::timeOctets);
  public static final Codec<Time> GENERALIZED_TIME =
      new PrimitiveCodec<>(
          "GeneralizedTime", Tag.GENERALIZED_TIME, in -> Time.read(in, true), Codecs::timeOctets);

  private Codecs() {}

  /** INTEGER with named numbers. */
  public static Codec<Long> integer(Map<Long, String> names) {
    return new IntegerCodec(names);
  }

  /** BIT STRING with named bits. */
  public static Codec<BitString> bits(Map<Long, String> names) {
    return new BitStringCodec(names);
  }

  /** An ENUMERATED of exactly these values. */
  public static <T extends Object> Codec<T> enumerated(
      String name, T[] values, ToLongFunction<T> number) {
    return new EnumeratedCodec<>(name, values, number, null);
  }

  /** An extensible ENUMERATED: other numbers are kept. */
  public static <T extends Object> Codec<T> enumerated(
      String name, T[] values, ToLongFunction<T> number, LongFunction<T> unknown) {
    return new EnumeratedCodec<>(name, values, number, unknown);
  }

  /** SEQUENCE OF. */
  public static <T extends Object> Codec<List<T>> sequenceOf(Codec<T> element) {
    return new ListCodec<>(element, false);
  }

  /** SET OF. */
  public static <T extends Object> Codec<List<T>> setOf(Codec<T> element) {
    return new ListCodec<>(element, true);
  }

  /** An open type governed by tables; {@code key} names the component that holds the identifier. */
  public static Codec<Any> open(String key, String... tables) {
    return new AnyCodec(key, List.of(tables));
  }

  private static Null readNull(BerReader in) throws DecodeException {
    if (!in.content().isEmpty()) {
      throw in.fail("NULL with content");
    }
    return Null.NULL;
  }

  private static BigInteger bigInteger(BerReader in) throws DecodeException {
    if (in.length() < 1 || in.length() > 1024) {
      throw in.fail("number of " + in.length() + " octets; 1 to 1024 are read here");
    }
    return new BigInteger(in.content().toByteArray());
  }

  private static byte[] timeOctets(Time time, boolean der) {
    return time.text().getBytes(StandardCharsets.US_ASCII);
  }
}
