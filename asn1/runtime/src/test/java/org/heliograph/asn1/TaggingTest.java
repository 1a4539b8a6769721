package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.hex;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.refusesEveryTruncation;
import static org.heliograph.asn1.Wire.same;

import org.junit.jupiter.api.Test;

/** Tags, CHOICE, open types, EXTERNAL, kept octets: X.690 8.13 to 8.18. */
class TaggingTest {
  @Test
  void implicitReplacesAndExplicitWraps() throws Exception {
    same(Codecs.INTEGER.implicit(Tag.context(0)), 5L, "80 01 05");
    same(Codecs.INTEGER.explicit(Tag.context(0)), 5L, "A0 03", "02 01 05");
    same(
        Codecs.INTEGER.implicit(Tag.application(1)).explicit(Tag.context(2)),
        5L,
        "A2 03",
        "41 01 05");
    // An implicit tag on an explicit one replaces the outer tag.
    same(
        Codecs.INTEGER.explicit(Tag.context(2)).implicit(Tag.application(7)),
        5L,
        "67 03",
        "02 01 05");
    same(
        Codecs.sequenceOf(Codecs.NULL).implicit(Tag.context(1)),
        java.util.List.of(Null.NULL),
        "A1 02",
        "0500");
    refusesEveryTruncation(Codecs.INTEGER.explicit(Tag.context(0)), "A0 80", "02 01 05", "0000");
  }

  @Test
  void malformedExplicitTags() {
    Codec<Long> tagged = Codecs.INTEGER.explicit(Tag.context(0));
    assertThat(refusal(tagged, "A0 00")).contains("[0] around nothing");
    assertThat(refusal(tagged, "A0 06", "020105", "020105"))
        .isEqualTo("octet 5: a second element within explicit tag [0]");
    assertThat(refusal(tagged, "80 01 05")).contains("[0] must be constructed");
  }

  @Test
  void implicitThatIsReadAsExplicitToo() throws Exception {
    Codec<Long> both = Codecs.INTEGER.implicitOrExplicit(Tag.context(0));
    same(both, 23L, "80 01 17");
    assertThat(decode(both, "A0 03", "02 01 17")).isEqualTo(23);
    assertThat(refusal(both, "A0 03", "04 01 17")).contains("OCTET STRING where INTEGER");
  }

  private sealed interface Colour extends ChoiceValue {
    Codec<Colour> CODEC =
        Choice.<Colour>of("Colour")
            .alternative("name", Name.class, Codecs.IA5_STRING, Name::new)
            .alternative(
                "number", Figure.class, Codecs.INTEGER.explicit(Tag.context(0)), Figure::new)
            .build();
    Codec<Colour> GROWING =
        Choice.<Colour>of("Colour")
            .alternative("name", Name.class, Codecs.IA5_STRING, Name::new)
            .extensible(Unknown::new)
            .build();

    record Name(Text value) implements Colour {}

    record Figure(Long value) implements Colour {}

    record Unknown(Any value) implements Colour {}
  }

  @Test
  void choice() throws Exception {
    same(Colour.CODEC, new Colour.Name(Text.ia5("red")), "16 03 726564");
    same(Colour.CODEC, new Colour.Figure(3L), "A0 03", "02 01 03");
    same(
        Colour.CODEC.explicit(Tag.context(9)), new Colour.Figure(3L), "A9 05", "A0 03", "02 01 03");
    assertThat(refusal(Colour.CODEC, "04 00"))
        .isEqualTo("octet 0: OCTET STRING where Colour is expected");
    assertThat(refusal(Colour.CODEC, "A0 02", "02 00"))
        .isEqualTo("octet 2, number: a number needs at least one octet");
  }

  @Test
  void unknownAlternativesSurvive() throws Exception {
    same(
        Colour.GROWING, new Colour.Unknown(new Any(Octets.ofHex("A5030501FF"))), "A5 03", "0501FF");
    same(Colour.GROWING, new Colour.Name(Text.ia5("red")), "16 03 726564");
  }

  @Test
  void keptOctetsLeaveAsTheyCame() throws Exception {
    Codec<Preserved<java.util.List<Long>>> kept = Codecs.sequenceOf(Codecs.INTEGER).preserved();
    // Indefinite length, a number in more octets than needed: all of it is under a signature.
    byte[] octets = hex("30 80", "02 02 0001", "0000");
    Preserved<java.util.List<Long>> value = kept.decode(octets);
    assertThat(value.value()).containsExactly(1L);
    assertThat(value.octets()).isEqualTo(Octets.of(octets));
    assertThat(kept.encode(value)).isEqualTo(Octets.of(octets));
    assertThat(kept.encodeDer(value)).isEqualTo(Octets.of(octets));
    assertThat(Preserved.of(java.util.List.of(1L), Codecs.sequenceOf(Codecs.INTEGER)).octets())
        .isEqualTo(Octets.ofHex("3003020101"));
  }

  @Test
  void openTypes() throws Exception {
    same(Codecs.ANY, Any.NULL, "05 00");
    Any any = decode(Codecs.ANY, "02 01 07");
    assertThat(any.as(Codecs.INTEGER)).isEqualTo(7);
    assertThat(Any.of(Codecs.INTEGER, 7L)).isEqualTo(any);
    // An explicit tag with nothing in it: what RTSE sends without user data.
    same(Codecs.ANY.explicit(Tag.context(0)), new Any(Octets.empty()), "A0 00");
  }

  @Test
  void external() throws Exception {
    ObjectIdentifier ber = ObjectIdentifier.of("2.1.1");
    same(
        External.CODEC,
        new External(ber, 3L, null, new External.Encoding.SingleAsn1Type(Any.NULL)),
        "28 0B", // EXTERNAL
        "06 02 5101", // direct-reference
        "02 01 03", // indirect-reference
        "A0 02 0500"); // single-ASN1-type
    same(External.CODEC, External.of(5, Any.NULL), "28 07", "02 01 05", "A0 02 0500");
    same(External.CODEC, External.of(ber, Any.NULL), "28 08", "06 02 5101", "A0 02 0500");
    same(
        External.CODEC,
        new External(
            ber,
            null,
            Text.Kind.DESCRIPTOR.of("x"),
            new External.Encoding.OctetAligned(Octets.ofHex("FF"))),
        "28 0A",
        "06 02 5101",
        "07 01 78", // data-value-descriptor
        "81 01 FF"); // octet-aligned
    assertThat(refusal(External.CODEC, "28 03", "02 01 05"))
        .contains("encoding is missing from EXTERNAL");
  }

  @Test
  void tables() {
    ObjectIdentifier oid = ObjectIdentifier.of("2.1.1");
    Table first = Table.of("t").row(1, "one", Codecs.NULL).row(oid, "ber", Codecs.INTEGER).build();
    Table second =
        Table.of("t").row(1, "other", Codecs.INTEGER).row(2, "two", Codecs.BOOLEAN).build();
    Table both = Table.join("t", first, second);
    assertThat(both.find(1).orElseThrow().name()).isEqualTo("one");
    assertThat(both.find(oid).orElseThrow().codec()).isEqualTo(Codecs.INTEGER);
    assertThat(both.find(2)).isPresent();
    assertThat(both.find(3)).isEmpty();
    assertThat(both.entries()).hasSize(3);
  }

  @Test
  void tagsHaveNames() {
    assertThat(Tag.text(Tag.SEQUENCE)).isEqualTo("SEQUENCE");
    assertThat(Tag.text(Tag.universal(99))).isEqualTo("[UNIVERSAL 99]");
    assertThat(Tag.text(Tag.context(3))).isEqualTo("[3]");
    assertThat(Tag.text(Tag.application(1))).isEqualTo("[APPLICATION 1]");
    assertThat(Tag.text(Tag.privateUse(2))).isEqualTo("[PRIVATE 2]");
    assertThat(Tag.classOf(Tag.privateUse(2))).isEqualTo(3);
    assertThat(Tag.number(Tag.privateUse(2))).isEqualTo(2);
  }
}
