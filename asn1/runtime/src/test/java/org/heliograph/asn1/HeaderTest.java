package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.hex;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.refusesEveryTruncation;
import static org.heliograph.asn1.Wire.same;

import org.junit.jupiter.api.Test;

/** Identifier and length octets: X.690 8.1. */
class HeaderTest {
  private static final Codec<Octets> STRING = Codecs.OCTET_STRING;

  @Test
  void lengthForms() throws Exception {
    Octets three = Octets.ofHex("010203");
    same(STRING, three, "04 03", "01 02 03");
    assertThat(decode(STRING, "04 8103", "01 02 03")).isEqualTo(three);
    // Leading zeros are allowed in BER.
    assertThat(decode(STRING, "04 83000003", "01 02 03")).isEqualTo(three);
    assertThat(decode(STRING, "04 8A 00000000000000000003", "01 02 03")).isEqualTo(three);
  }

  @Test
  void shortestLengthIsWritten() {
    for (int[] pair :
        new int[][] {{0, 1}, {127, 1}, {128, 2}, {255, 2}, {256, 3}, {65535, 3}, {65536, 4}}) {
      Octets encoded = STRING.encode(Octets.of(new byte[pair[0]]));
      assertThat(encoded.length()).isEqualTo(1L + pair[1] + pair[0]);
    }
    assertThat(STRING.encode(Octets.of(new byte[300])).hex(4)).isEqualTo("0482012c...");
  }

  @Test
  void lyingLengths() {
    assertThat(refusal(STRING, "04 04", "01 02 03"))
        .isEqualTo("octet 0: length 4 runs past the end, 3 octets are left");
    assertThat(refusal(STRING, "04 847FFFFFFF", "01 02 03"))
        .contains("length 2147483647 runs past");
    assertThat(refusal(STRING, "04 84FFFFFFFF", "01")).contains("length 4294967295 runs past");
    assertThat(refusal(STRING, "04 88 3FFFFFFFFFFFFFFF", "01")).contains("runs past the end");
    assertThat(refusal(STRING, "04 88 7FFFFFFFFFFFFFFF", "01")).contains("more than 62 bits");
    assertThat(refusal(STRING, "04 88 FFFFFFFFFFFFFFFF", "01")).contains("more than 62 bits");
    assertThat(refusal(STRING, "04 FF", "01")).contains("reserved");
    // The inner length reaches beyond the outer one.
    assertThat(refusal(Codecs.sequenceOf(STRING), "30 04", "04 03 0102", "03"))
        .isEqualTo("octet 2, [0]: length 3 runs past the end, 2 octets are left");
  }

  @Test
  void trailingOctets() {
    assertThat(refusal(STRING, "04 01 01", "05 00"))
        .isEqualTo("octet 3: an element after the end of OCTET STRING");
    assertThat(refusal(STRING, new byte[0]))
        .isEqualTo("octet 0: nothing where OCTET STRING is expected");
  }

  @Test
  void highTags() throws Exception {
    same(STRING.implicit(Tag.context(30)), Octets.empty(), "9E", "00");
    same(STRING.implicit(Tag.context(31)), Octets.empty(), "9F1F", "00");
    same(STRING.implicit(Tag.context(127)), Octets.empty(), "9F7F", "00");
    same(STRING.implicit(Tag.application(128)), Octets.empty(), "5F8100", "00");
    same(STRING.implicit(Tag.privateUse(16384)), Octets.empty(), "DF818000", "00");
    same(STRING.implicit(Tag.context((1 << 28) - 1)), Octets.empty(), "9FFFFFFF7F", "00");
  }

  @Test
  void malformedTags() {
    assertThat(refusal(Codecs.ANY, "9F801F 00")).contains("leading zero");
    assertThat(refusal(Codecs.ANY, "9F1E 00")).contains("tag number 30 in the long form");
    assertThat(refusal(Codecs.ANY, "9FFFFFFFFF7F 00")).contains("longer than 28 bits");
    assertThat(refusal(Codecs.ANY, "9F")).contains("cut off");
  }

  @Test
  void otherTagThanExpected() {
    assertThat(refusal(Codecs.INTEGER, "04 01 00"))
        .isEqualTo("octet 0: OCTET STRING where INTEGER is expected");
    assertThat(refusal(Codecs.INTEGER.explicit(Tag.context(3)), "A3 03", "04 01 00"))
        .isEqualTo("octet 2: OCTET STRING where INTEGER is expected");
  }

  @Test
  void indefiniteLength() throws Exception {
    Codec<?> list = Codecs.sequenceOf(Codecs.INTEGER);
    // SEQUENCE OF { 1, 2 }, ended by end-of-contents
    assertThat(decode(list, "30 80", "02 01 01", "02 01 02", "0000")).hasToString("[1, 2]");
    Codec<?> lists = Codecs.sequenceOf(Codecs.sequenceOf(Codecs.INTEGER));
    // indefinite in indefinite, definite in indefinite, indefinite in definite
    assertThat(decode(lists, "30 80", "30 80 020101 0000", "30 03 020102", "0000"))
        .hasToString("[[1], [2]]");
    assertThat(decode(lists, "30 07", "30 80 020101 0000")).hasToString("[[1]]");
    refusesEveryTruncation(lists, "30 80", "30 80 020101 0000", "30 03 020102", "0000");
  }

  @Test
  void malformedIndefiniteLength() {
    Codec<?> list = Codecs.sequenceOf(Codecs.INTEGER);
    assertThat(refusal(STRING, "04 80", "0000")).contains("needs a constructed encoding");
    assertThat(refusal(list, "30 80", "020101", "0001"))
        .contains("end-of-contents is two zero octets");
    assertThat(refusal(list, "30 80", "020101")).contains("cut off");
    assertThat(refusal(list, "30 05", "020101", "0000"))
        .contains("end-of-contents where none is open");
    assertThat(refusal(list, "30 80 0000", "0000")).contains("end-of-contents where none is open");
    // The end-of-contents of the inner element lies outside of the outer one.
    assertThat(refusal(Codecs.sequenceOf(list), "30 05", "30 80 020101", "0000"))
        .contains("cut off");
  }

  @Test
  void anyKeepsAnElementWhole() throws Exception {
    for (String octets : new String[] {"0500", "30800401000000", "3080308004010500000000"}) {
      Any any =
          decode(
                  Codecs.sequenceOf(Codecs.ANY),
                  "30",
                  String.format("%02x", octets.length() / 2),
                  octets)
              .getFirst();
      assertThat(any.octets()).isEqualTo(Octets.of(hex(octets)));
    }
    assertThat(refusal(Codecs.ANY, "3080", "0401")).contains("runs past the end");
    assertThat(refusal(Codecs.ANY, "3080", "040105", "00")).contains("end-of-contents is two zero");
  }

  @Test
  void depthIsLimited() throws Exception {
    Limits limits = new Limits(3, 100);
    byte[] three = hex("30 80 30 80 30 80 020100 0000 0000 0000");
    byte[] four = hex("30 80 30 80 30 80 30 80 0000 0000 0000 0000");
    Codec<?> deep = Codecs.sequenceOf(Codecs.sequenceOf(Codecs.sequenceOf(Codecs.ANY)));
    deep.decode(new BerReader(Octets.of(three), limits));
    assertThat(refusalWithin(deep, limits, four)).contains("nested deeper than 3");
    // Skipping does not recurse, and counts all the same.
    assertThat(refusalWithin(Codecs.ANY, limits, four)).contains("nested deeper than 3");
    byte[] abyss = new byte[100_000];
    for (int i = 0; i < abyss.length; i += 2) {
      abyss[i] = 0x30;
      abyss[i + 1] = (byte) 0x80;
    }
    assertThat(refusal(Codecs.ANY, abyss)).contains("nested deeper than 100");
  }

  @Test
  void elementsAreLimited() throws Exception {
    byte[] four = hex("30 06", "0500 0500 0500");
    Codec<?> list = Codecs.sequenceOf(Codecs.NULL);
    list.decode(new BerReader(Octets.of(four), new Limits(10, 4)));
    assertThat(refusalWithin(list, new Limits(10, 3), four))
        .isEqualTo("octet 6, [2]: more than 3 elements");
  }

  private static String refusalWithin(Codec<?> codec, Limits limits, byte[] octets) {
    DecodeException e =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            DecodeException.class, () -> codec.decode(new BerReader(Octets.of(octets), limits)));
    return e.getMessage();
  }
}
