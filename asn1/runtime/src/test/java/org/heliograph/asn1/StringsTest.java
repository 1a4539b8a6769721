package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.refusesEveryTruncation;
import static org.heliograph.asn1.Wire.same;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** OCTET STRING, BIT STRING and the character strings: X.690 8.6, 8.7, 8.23, 11.2. */
class StringsTest {
  @Test
  void octetStrings() throws Exception {
    same(Codecs.OCTET_STRING, Octets.ofHex("0102"), "04 02 0102");
    same(Codecs.OCTET_STRING, Octets.empty(), "04 00");
  }

  @Test
  void constructedOctetStrings() throws Exception {
    Octets value = Octets.ofHex("010203");
    assertThat(decode(Codecs.OCTET_STRING, "24 07", "04 01 01", "04 02 0203")).isEqualTo(value);
    assertThat(decode(Codecs.OCTET_STRING, "24 80", "04 03 010203", "0000")).isEqualTo(value);
    // Segments that are constructed themselves, and empty ones.
    assertThat(
            decode(
                Codecs.OCTET_STRING,
                "24 80",
                "24 03 040101",
                "0400",
                "24 80 04020203 0000",
                "0000"))
        .isEqualTo(value);
    assertThat(decode(Codecs.OCTET_STRING, "24 00")).isEqualTo(Octets.empty());
    // Written primitive.
    assertThat(Codecs.OCTET_STRING.encode(decode(Codecs.OCTET_STRING, "24 07", "040101 04020203")))
        .isEqualTo(Octets.ofHex("0403010203"));
    refusesEveryTruncation(
        Codecs.OCTET_STRING, "24 80", "24 03 040101", "24 80 04020203 0000", "0000");
  }

  @Test
  void malformedSegments() {
    assertThat(refusal(Codecs.OCTET_STRING, "24 03", "02 01 01"))
        .isEqualTo("octet 2: INTEGER within a constructed string");
    assertThat(refusal(Codecs.OCTET_STRING, "24 04", "04 03 0102")).contains("runs past the end");
  }

  @Test
  void characterStrings() throws Exception {
    same(Codecs.PRINTABLE_STRING, Text.printable("GB"), "13 02 4742");
    same(Codecs.NUMERIC_STRING, Text.numeric("234"), "12 03 323334");
    same(Codecs.IA5_STRING, Text.ia5("a@b"), "16 03 614062");
    same(Codecs.UTF8_STRING, Text.utf8("\u00e4\u20ac"), "0C 05 C3A4 E282AC");
    same(Codecs.BMP_STRING, Text.Kind.BMP.of("\u00e4A"), "1E 04 00E4 0041");
    same(Codecs.UNIVERSAL_STRING, Text.Kind.UNIVERSAL.of("A"), "1C 04 00000041");
    same(Codecs.TELETEX_STRING, Text.Kind.TELETEX.of("x"), "14 01 78");
    // Segments of a constructed string are OCTET STRINGs, or of its own type with old senders.
    assertThat(decode(Codecs.IA5_STRING, "36 80", "04 01 61", "16 01 62", "0000"))
        .hasToString("ab");
    assertThat(refusal(Codecs.IA5_STRING, "36 03", "13 01 61")).contains("PrintableString within");
  }

  @Test
  void octetsThatAreNotOfTheCharacterSetSurvive() throws Exception {
    Text strange = decode(Codecs.PRINTABLE_STRING, "13 03 41FF42");
    assertThat(strange).hasToString("A\uFFFDB");
    assertThat(Codecs.PRINTABLE_STRING.encode(strange)).isEqualTo(Octets.ofHex("130341FF42"));
  }

  @Test
  void charactersAreCounted() {
    assertThat(Text.utf8("\u00e4\u20ac").characters()).isEqualTo(2);
    assertThat(Text.Kind.BMP.of("ab").characters()).isEqualTo(2);
    assertThat(Text.Kind.UNIVERSAL.of("ab").characters()).isEqualTo(2);
    assertThat(Text.ia5("ab").characters()).isEqualTo(2);
  }

  @Test
  void bitStrings() throws Exception {
    // 1011 1 and three bits that do not count
    same(Codecs.BIT_STRING, new BitString(Octets.ofHex("B8"), 3), "03 02 03 B8");
    same(Codecs.BIT_STRING, BitString.EMPTY, "03 01 00");
    BitString bits = decode(Codecs.BIT_STRING, "03 02 03 B8");
    assertThat(bits.length()).isEqualTo(5);
    assertThat(new boolean[] {bits.isSet(0), bits.isSet(1), bits.isSet(4), bits.isSet(5)})
        .containsExactly(true, false, true, false);
    refusesEveryTruncation(Codecs.BIT_STRING, "03 03 00 0102");
  }

  @Test
  void constructedBitStrings() throws Exception {
    assertThat(decode(Codecs.BIT_STRING, "23 80", "03 02 00 FF", "03 02 04 F0", "0000"))
        .isEqualTo(new BitString(Octets.ofHex("FFF0"), 4));
    assertThat(decode(Codecs.BIT_STRING, "23 00")).isEqualTo(BitString.EMPTY);
    // An empty last segment: the bits of the one before end where its octets do.
    assertThat(decode(Codecs.BIT_STRING, "23 07", "03 02 00 FF", "03 01 00"))
        .isEqualTo(new BitString(Octets.ofHex("FF"), 0));
    assertThat(refusal(Codecs.BIT_STRING, "23 08", "03 02 04 F0", "03 02 00 FF"))
        .contains("unused bits before the last segment");
    assertThat(refusal(Codecs.BIT_STRING, "23 03", "04 01 00"))
        .contains("within a constructed bit string");
  }

  @Test
  void malformedBitStrings() {
    assertThat(refusal(Codecs.BIT_STRING, "03 00")).contains("without its first octet");
    assertThat(refusal(Codecs.BIT_STRING, "03 02 08 FF")).contains("8 unused bits");
    assertThat(refusal(Codecs.BIT_STRING, "03 01 01")).contains("1 unused bits");
  }

  @Test
  void bitsByNumber() {
    assertThat(BitString.ofBits(0, 2)).isEqualTo(new BitString(Octets.ofHex("A0"), 5));
    assertThat(BitString.ofBits()).isEqualTo(BitString.EMPTY);
    assertThat(BitString.ofBits(8)).isEqualTo(new BitString(Octets.ofHex("0080"), 7));
    assertThat(BitString.ofBits(0).with(9, true)).isEqualTo(new BitString(Octets.ofHex("8040"), 6));
    assertThat(BitString.ofBits(0, 1).with(1, false))
        .isEqualTo(new BitString(Octets.ofHex("80"), 6));
    assertThatThrownBy(() -> BitString.ofBits(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BitString(Octets.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void derTrimsNamedBits() {
    Codec<BitString> named = Codecs.bits(Map.of(0L, "first", 2L, "third"));
    BitString padded = new BitString(Octets.ofHex("A700"), 0);
    assertThat(named.encodeDer(new BitString(Octets.ofHex("A000"), 0)))
        .isEqualTo(Octets.ofHex("030205A0"));
    assertThat(named.encodeDer(new BitString(Octets.ofHex("00"), 3)))
        .isEqualTo(Octets.ofHex("030100"));
    // Bits that do not count are zero in DER, whatever came.
    assertThat(named.encodeDer(new BitString(Octets.ofHex("A7"), 5)))
        .isEqualTo(Octets.ofHex("030205A0"));
    assertThat(Codecs.BIT_STRING.encodeDer(new BitString(Octets.ofHex("A7"), 5)))
        .isEqualTo(Octets.ofHex("030205A0"));
    assertThat(Codecs.BIT_STRING.encodeDer(padded)).isEqualTo(Octets.ofHex("030300A700"));
    assertThat(named.encode(padded)).as("BER leaves them").isEqualTo(Octets.ofHex("030300A700"));
    assertThat(named.text(padded)).isEqualTo("{first, third, bit 5, bit 6, bit 7}");
  }
}
