package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.hex;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.refusesEveryTruncation;
import static org.heliograph.asn1.Wire.same;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SEQUENCE, SET and the lists of them: X.690 8.9 to 8.12, 10.3, 11.5, 11.6. */
class StructTest {
  /**
   * Point ::= SEQUENCE { x INTEGER, y [0] INTEGER OPTIONAL, name [1] IA5String (SIZE (1..3))
   * DEFAULT "p" }.
   */
  private record Point(long x, @Nullable Long y, Text name) {
    static final Text P = Text.ia5("p");
    static final Codec<Point> CODEC =
        Struct.<Point>sequence("Point")
            .required("x", Point::x, Codecs.INTEGER.range(0, 100))
            .optional("y", Point::y, Codecs.INTEGER.implicit(Tag.context(0)))
            .defaulted(
                "name", Point::name, Codecs.IA5_STRING.size(1, 3).implicit(Tag.context(1)), P)
            .build(f -> new Point(f.<Long>get(0), f.get(1), f.get(2)));
  }

  /**
   * Bag ::= SET { b [1] INTEGER, a [0] INTEGER OPTIONAL, c CHOICE { i INTEGER, s [2] NULL }, points
   * SEQUENCE OF Point }.
   */
  private record Bag(long b, @Nullable Long a, Either c, List<Point> points) {
    static final Codec<Bag> CODEC =
        Struct.<Bag>set("Bag")
            .required("b", Bag::b, Codecs.INTEGER.implicit(Tag.context(1)))
            .optional("a", Bag::a, Codecs.INTEGER.implicit(Tag.context(0)))
            .required("c", Bag::c, Either.CODEC)
            .defaulted("points", Bag::points, Codecs.sequenceOf(Point.CODEC), List.of())
            .build(f -> new Bag(f.<Long>get(0), f.get(1), f.get(2), f.get(3)));
  }

  private sealed interface Either extends ChoiceValue {
    Codec<Either> CODEC =
        Choice.<Either>of("Either")
            .alternative("i", I.class, Codecs.INTEGER, I::new)
            .alternative("s", S.class, Codecs.NULL.implicit(Tag.context(2)), S::new)
            .build();

    record I(Long value) implements Either {}

    record S(Null value) implements Either {}
  }

  /** Growing ::= SEQUENCE { a INTEGER, ..., z [9] INTEGER OPTIONAL }. */
  private record Growing(long a, @Nullable Long z, List<Any> additions) {
    static final Codec<Growing> CODEC =
        Struct.<Growing>sequence("Growing")
            .required("a", Growing::a, Codecs.INTEGER)
            .extensible(Growing::additions)
            .optional("z", Growing::z, Codecs.INTEGER.implicit(Tag.context(9)))
            .build(f -> new Growing(f.<Long>get(0), f.get(1), f.get(2)));
  }

  private static final Point FULL = new Point(7, 8L, Text.ia5("abc"));

  @Test
  void sequence() throws Exception {
    same(
        Point.CODEC,
        FULL,
        "30 0B", // SEQUENCE
        "02 01 07", // x 7
        "80 01 08", // y 8
        "81 03 616263"); // name "abc"
    same(Point.CODEC, new Point(7, null, Point.P), "30 03", "02 01 07");
    refusesEveryTruncation(Point.CODEC, "30 0B", "020107", "800108", "8103616263");
    refusesEveryTruncation(Point.CODEC, "30 80", "020107", "800108", "8103616263", "0000");
  }

  @Test
  void defaultThatIsSentIsReadAndNotWritten() throws Exception {
    Point point = decode(Point.CODEC, "30 06", "02 01 07", "81 01 70");
    assertThat(point).isEqualTo(new Point(7, null, Point.P));
    assertThat(Point.CODEC.encode(point)).isEqualTo(Octets.ofHex("3003020107"));
  }

  @Test
  void malformedSequences() {
    assertThat(refusal(Point.CODEC, "30 00")).isEqualTo("octet 0: x is missing from Point");
    assertThat(refusal(Point.CODEC, "30 03", "80 01 08")).contains("x is missing");
    assertThat(refusal(Point.CODEC, "30 06", "80 01 08", "02 01 07"))
        .isEqualTo("octet 5: INTEGER is unknown or out of place in Point");
    assertThat(refusal(Point.CODEC, "30 06", "02 01 07", "02 01 07"))
        .contains("octet 5: INTEGER is unknown");
    assertThat(refusal(Point.CODEC, "30 06", "02 01 07", "82 01 07")).contains("[2] is unknown");
    assertThat(refusal(Point.CODEC, "10 03", "02 01 07")).contains("must be constructed");
  }

  @Test
  void setInAnyOrder() throws Exception {
    String a = "80 01 01";
    String b = "81 01 02";
    String c = "82 00";
    Bag bag = new Bag(2, 1L, new Either.S(Null.NULL), List.of());
    for (List<String> order :
        List.of(
            List.of(a, b, c),
            List.of(a, c, b),
            List.of(b, a, c),
            List.of(b, c, a),
            List.of(c, a, b),
            List.of(c, b, a))) {
      assertThat(decode(Bag.CODEC, "31 08", String.join("", order))).isEqualTo(bag);
    }
    // Written as defined; in DER by tag, the alternative of a CHOICE by its own.
    assertThat(Bag.CODEC.encode(bag)).isEqualTo(Octets.of(hex("31 08", b, a, c)));
    assertThat(Bag.CODEC.encodeDer(bag)).isEqualTo(Octets.of(hex("31 08", a, b, c)));
    assertThat(Bag.CODEC.encodeDer(new Bag(2, 1L, new Either.I(3L), List.of())))
        .isEqualTo(Octets.of(hex("31 09", "02 01 03", a, b)));
  }

  @Test
  void malformedSets() {
    assertThat(refusal(Bag.CODEC, "31 08", "81 01 02", "82 00", "81 01 02"))
        .isEqualTo("octet 7, b: b twice in Bag");
    assertThat(refusal(Bag.CODEC, "31 08", "81 01 02", "82 00", "02 01 02"))
        .as("two alternatives of one CHOICE")
        .isEqualTo("octet 7, c: c twice in Bag");
    assertThat(refusal(Bag.CODEC, "31 03", "81 01 02")).contains("c is missing from Bag");
    assertThat(refusal(Bag.CODEC, "31 02", "84 00")).contains("[4] is unknown or out of place");
  }

  @Test
  void pathsLeadToTheElement() {
    assertThat(
            refusal(
                Bag.CODEC,
                "31 10", // SET
                "81 01 02", // b
                "82 00", // c.s
                "30 09", // points
                "30 03 02 01 07", // points[0]
                "30 02 02 01")) // points[1], whose x is cut off
        .isEqualTo("octet 16, points[1]: length 1 runs past the end, 0 octets are left");
    assertThat(refusal(Bag.CODEC, "31 0C", "81 01 02", "82 00", "30 05", "30 03 80 01 07"))
        .isEqualTo("octet 9, points[0]: x is missing from Point");
    assertThat(refusal(Bag.CODEC, "31 0B", "81 01 02", "82 00", "30 04", "30 02 02 00"))
        .isEqualTo("octet 11, points[0].x: a number needs at least one octet");
    assertThat(refusal(Bag.CODEC, "31 06", "81 01 02", "82 01 00"))
        .isEqualTo("octet 5, c.s: NULL with content");
  }

  @Test
  void violationsStandBesideTheValue() throws Exception {
    Decoded<Bag> decoded =
        Bag.CODEC.decodeChecked(
            Octets.of(
                hex(
                    "31 18",
                    "81 01 02", // b
                    "82 00", // c.s
                    "30 11", // points
                    "30 03 02 01 07", // points[0], good
                    "30 0A 02 02 00C8", // points[1].x 200
                    "81 04 61626364")), // points[1].name "abcd"
            Limits.DEFAULT);
    assertThat(decoded.value().points()).hasSize(2);
    assertThat(decoded.violations())
        .containsExactly(
            new Violation(16, "points[1].x", "value 200 where 0..100 is allowed"),
            new Violation(20, "points[1].name", "size 4 where 1..3 is allowed"));
  }

  @Test
  void violationsAreCounted() throws Exception {
    byte[] octets = hex("30 81C8", "02 01 FF".repeat(66), "05 00");
    Codec<List<Long>> numbers = Codecs.sequenceOf(Codecs.INTEGER.range(0, 9));
    octets[199] = 2;
    assertThat(refusal(numbers, octets)).contains("[66]");
    byte[] many = hex("30 820258", "02 01 FF".repeat(200));
    assertThat(numbers.decodeChecked(Octets.of(many), Limits.DEFAULT).violations())
        .as("at most 100 are kept")
        .hasSize(100)
        .last()
        .isEqualTo(new Violation(301, "[99]", "value -1 where 0..9 is allowed"));
  }

  @Test
  void boundsOfNamedBitListsIgnoreTrailingZeros() throws Exception {
    Codec<BitString> indicators = Codecs.bits(Map.of(0L, "responsibility")).size(8, 16);
    assertThat(indicators.decodeChecked(Octets.of(hex("03 02 07 80")), Limits.DEFAULT).violations())
        .isEmpty();
    assertThat(
            indicators
                .decodeChecked(Octets.of(hex("03 04 00 800000")), Limits.DEFAULT)
                .violations())
        .isEmpty();
    assertThat(
            indicators
                .decodeChecked(Octets.of(hex("03 04 00 800001")), Limits.DEFAULT)
                .violations())
        .hasSize(1);
    Codec<BitString> plain = Codecs.BIT_STRING.size(8, 16);
    assertThat(plain.decodeChecked(Octets.of(hex("03 02 07 80")), Limits.DEFAULT).violations())
        .hasSize(1);
  }

  @Test
  void unknownAdditionsSurvive() throws Exception {
    String[] octets = {"30 0F", "02 01 05", "85 01 AA", "A6 80 0500 0000", "89 01 03"};
    Growing value = decode(Growing.CODEC, octets);
    assertThat(value.z()).isEqualTo(3);
    assertThat(value.additions())
        .containsExactly(new Any(Octets.ofHex("8501AA")), new Any(Octets.ofHex("A68005000000")));
    assertThat(Growing.CODEC.encode(value)).isEqualTo(Octets.of(hex(octets)));
    same(Growing.CODEC, new Growing(5, null, List.of()), "30 03", "02 01 05");
  }

  @Test
  void setOfIsSortedInDer() {
    Codec<List<Octets>> set = Codecs.setOf(Codecs.OCTET_STRING);
    List<Octets> values =
        List.of(Octets.ofHex("02"), Octets.ofHex("0101"), Octets.ofHex("01"), Octets.empty());
    assertThat(set.encode(values))
        .isEqualTo(Octets.of(hex("31 0C", "040102", "04020101", "040101", "0400")));
    assertThat(set.encodeDer(values))
        .isEqualTo(Octets.of(hex("31 0C", "0400", "040101", "040102", "04020101")));
  }

  @Test
  void setInDerSortsHighTagsAndClasses() {
    record Wide(long a, long b, long c) {}
    Codec<Wide> codec =
        Struct.<Wide>set("Wide")
            .required("a", Wide::a, Codecs.INTEGER.implicit(Tag.privateUse(1)))
            .required("b", Wide::b, Codecs.INTEGER.implicit(Tag.context(40)))
            .required("c", Wide::c, Codecs.INTEGER.implicit(Tag.application(500)))
            .build(f -> new Wide(f.<Long>get(0), f.<Long>get(1), f.<Long>get(2)));
    assertThat(codec.encodeDer(new Wide(1, 2, 3)))
        .isEqualTo(Octets.of(hex("31 0C", "5F8374 01 03", "9F28 01 02", "C1 01 01")));
  }
}
