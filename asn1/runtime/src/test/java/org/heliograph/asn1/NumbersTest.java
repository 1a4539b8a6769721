package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.refusesEveryTruncation;
import static org.heliograph.asn1.Wire.same;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BOOLEAN, INTEGER, ENUMERATED, NULL and OBJECT IDENTIFIER: X.690 8.2 to 8.4, 8.8, 8.19. */
class NumbersTest {
  @Test
  void booleans() throws Exception {
    same(Codecs.BOOLEAN, true, "01 01 FF");
    same(Codecs.BOOLEAN, false, "01 01 00");
    assertThat(decode(Codecs.BOOLEAN, "01 01 01")).as("any octet but zero").isTrue();
    assertThat(refusal(Codecs.BOOLEAN, "01 00")).contains("one primitive octet");
    assertThat(refusal(Codecs.BOOLEAN, "01 02 0000")).contains("one primitive octet");
    assertThat(refusal(Codecs.BOOLEAN, "21 03 0101FF")).contains("one primitive octet");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 02 01 00",
    "127, 02 01 7F",
    "128, 02 02 0080",
    "255, 02 02 00FF",
    "256, 02 02 0100",
    "32767, 02 02 7FFF",
    "32768, 02 03 008000",
    "-1, 02 01 FF",
    "-128, 02 01 80",
    "-129, 02 02 FF7F",
    "9223372036854775807, 02 08 7FFFFFFFFFFFFFFF",
    "-9223372036854775808, 02 08 8000000000000000"
  })
  void integers(long value, String octets) throws Exception {
    same(Codecs.INTEGER, value, octets);
    same(Codecs.BIG_INTEGER, BigInteger.valueOf(value), octets);
  }

  @Test
  void integersInMoreOctetsThanNeeded() throws Exception {
    assertThat(decode(Codecs.INTEGER, "02 02 0001")).isEqualTo(1);
    assertThat(decode(Codecs.INTEGER, "02 04 FFFFFFFE")).isEqualTo(-2);
  }

  @Test
  void malformedIntegers() {
    assertThat(refusal(Codecs.INTEGER, "02 00")).contains("at least one octet");
    assertThat(refusal(Codecs.INTEGER, "02 09 010203040506070809")).contains("number of 9 octets");
    assertThat(refusal(Codecs.INTEGER, "22 03 020101")).contains("must be primitive");
    assertThat(refusal(Codecs.BIG_INTEGER, "02 00")).contains("number of 0 octets");
    refusesEveryTruncation(Codecs.INTEGER, "02 04 01020304");
  }

  @Test
  void bigIntegers() throws Exception {
    same(Codecs.BIG_INTEGER, BigInteger.TWO.pow(64), "02 09 010000000000000000");
    byte[] huge = new byte[4 + 1025];
    huge[0] = 2;
    huge[1] = (byte) 0x82;
    huge[2] = 4;
    huge[3] = 1;
    assertThat(refusal(Codecs.BIG_INTEGER, huge)).contains("number of 1025 octets; 1 to 1024");
  }

  @Test
  void namedIntegersShowTheirNames() {
    Codec<Long> named = Codecs.integer(Map.of(3L, "telex"));
    assertThat(named.text(3L)).isEqualTo("telex (3)");
    assertThat(named.text(4L)).isEqualTo("4");
  }

  private enum Closed {
    A(0),
    B(5);

    private final long number;

    Closed(long number) {
      this.number = number;
    }

    long number() {
      return number;
    }
  }

  private record Open(long number) {}

  @Test
  void enumerated() throws Exception {
    Codec<Closed> closed = Codecs.enumerated("Closed", Closed.values(), Closed::number);
    same(closed, Closed.B, "0A 01 05");
    assertThat(refusal(closed, "0A 01 06")).isEqualTo("octet 0: 6 is no value of Closed");

    Codec<Open> open = Codecs.enumerated("Open", new Open[] {new Open(0)}, Open::number, Open::new);
    same(open, new Open(77), "0A 01 4D");
  }

  @Test
  void nothing() throws Exception {
    same(Codecs.NULL, Null.NULL, "05 00");
    assertThat(refusal(Codecs.NULL, "05 01 00")).contains("NULL with content");
    assertThat(refusal(Codecs.NULL, "25 00")).contains("must be primitive");
  }

  @ParameterizedTest
  @CsvSource({
    "2.6.0.1.6, 06 04 56000106",
    "1.3.26.0.4406.0.4.1, 06 08 2B1A00A236000401",
    "0.0, 06 01 00",
    "1.39, 06 01 4F",
    "2.0, 06 01 50",
    "2.39, 06 01 77",
    "2.47, 06 01 7F",
    "2.48, 06 02 8100",
    "2.999.3, 06 03 883703",
    "1.2.840.113549.1.9.16.1.6, 06 0B 2A864886F70D0109100106",
    "2.25.329800735698586629295641978511506172918, 06 14 6983F09DA7EBCFDEE0C7A1A7B2C0948CC8F9D776"
  })
  void objectIdentifiers(String dotted, String octets) throws Exception {
    same(Codecs.OBJECT_IDENTIFIER, ObjectIdentifier.of(dotted), octets);
    assertThat(decode(Codecs.OBJECT_IDENTIFIER, octets)).hasToString(dotted);
  }

  @Test
  void malformedObjectIdentifiers() {
    Codec<?> oid = Codecs.OBJECT_IDENTIFIER;
    assertThat(refusal(oid, "06 00")).contains("object identifier of 0 octets");
    assertThat(refusal(oid, "06 02 5681")).contains("ends within an arc");
    assertThat(refusal(oid, "06 03 568001")).contains("leading zero");
    assertThat(refusal(oid, "06 8181", "01".repeat(129)))
        .contains("object identifier of 129 octets");
    assertThat(refusal(oid, "26 03 060156")).contains("must be primitive");
    for (String text :
        new String[] {
          "", "1", "3.1", "0.40", "1.40", "1..2", "1.2.", ".1", "1.a", "-1.2", "1.2 "
        }) {
      assertThatThrownBy(() -> ObjectIdentifier.of(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void objectIdentifiersHaveAnOrder() {
    ObjectIdentifier root = ObjectIdentifier.of("2.6.1.4");
    assertThat(ObjectIdentifier.of("2.6.1.4.17").startsWith(root)).isTrue();
    assertThat(root.startsWith(root)).isTrue();
    assertThat(ObjectIdentifier.of("2.6.1.5").startsWith(root)).isFalse();
    assertThat(root).isLessThan(ObjectIdentifier.of("2.6.1.5"));
  }
}
