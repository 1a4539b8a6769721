package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Table;
import org.heliograph.asn1.catalog.Catalog;
import org.heliograph.asn1.p772.InformationObject;
import org.heliograph.asn1.p772.MMHSPrecedence;
import org.heliograph.asn1.show.Show;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.IPM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables know what the standards define, and lead to types that read it. */
class CatalogTest {
  @Test
  void everyExtensionOfX411() {
    // 36 belongs to the message store; 41, 43 and 44 to X.420.
    List<Long> x420 = List.of(41L, 43L, 44L);
    assertThat(LongStream.rangeClosed(1, 46).filter(n -> n != 36 && !x420.contains(n)))
        .allSatisfy(n -> assertThat(Catalog.STANDARD_EXTENSIONS.find(n)).as("%d", n).isPresent());
    assertThat(x420)
        .allSatisfy(n -> assertThat(Catalog.ENVELOPE_EXTENSIONS.find(n)).as("%d", n).isPresent());
  }

  @Test
  void everyExtensionAttributeOfAnAddress() {
    assertThat(LongStream.rangeClosed(1, 40))
        .allSatisfy(n -> assertThat(Catalog.EXTENSION_ATTRIBUTES.find(n)).as("%d", n).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "headingExtensions, 2.6.1.5., 0, 12",
    "headingExtensions, 1.3.26.0.4406.0.2., 0, 14",
    "recipientExtensions, 2.6.1.20., 0, 1",
    "notificationExtensions, 2.6.1.19., 0, 1",
    "bodyPartData, 2.6.1.4., 2, 12",
    "bodyPartParameters, 2.6.1.11., 11, 12"
  })
  void everyIdentifierUnderAnArc(String table, String arc, int first, int last) {
    Table found = Objects.requireNonNull(Catalog.TABLES.get(table), table);
    for (int n = first; n <= last; n++) {
      assertThat(found.find(ObjectIdentifier.of(arc + n))).as(arc + n).isPresent();
    }
  }

  @Test
  void everyTypeHasACodecWithAName() {
    assertThat(Catalog.typeNames()).hasSizeGreaterThan(350);
    assertThat(Catalog.typeNames())
        .allSatisfy(name -> assertThat(Catalog.type(name).map(Codec::name)).as(name).isPresent());
  }

  /** A military message by hand: two precedences, subject indicator codes, message type, a text. */
  @Test
  void militaryMessage() throws Exception {
    Octets octets =
        Octets.ofHex(
            tlv(
                "A0", // mm
                tlv(
                    "31", // heading
                    tlv("6B", "1302 4D31"), // this-IPM: user-relative-identifier "M1"
                    tlv("A8", "1405 4558455243"), // subject "EXERC"
                    tlv(
                        "AF", // extensions
                        heading("00", "0201 04"), // primary-precedence: flash
                        heading("01", "0201 01"), // copy-precedence: routine
                        heading(
                            "06",
                            tlv("31", tlv("A0", "1303 414141", "1303 424242"))), // sics AAA, BBB
                        heading(
                            "02",
                            tlv("31", "8001 00", "8103 455831")), // message-type: exercise "EX1"
                        heading("08", tlv("30", "1304 5A455531")), // message-instructions "ZEU1"
                        heading("0A", "1302 5231"))), // originator-reference "R1"
                tlv(
                    "30",
                    tlv("A0", tlv("31", "8001 05"), "1607 74657374 0D0A20")))); // body: ia5-text

    InformationObject message = InformationObject.CODEC.decode(octets);
    IPM ipm = ((InformationObject.Mm) message).value();
    assertThat(ipm.heading().extensions()).hasSize(6);
    var precedence = ipm.heading().extensions().getFirst();
    assertThat(Objects.requireNonNull(precedence.value()).as(MMHSPrecedence.CODEC))
        .isEqualTo(MMHSPrecedence.FLASH);
    assertThat(Leaves.of(InformationObject.CODEC.encode(message).toByteArray()))
        .as("repertoire ia5 is the default")
        .isEqualTo(
            Leaves.of(octets.toByteArray()).stream()
                .filter(leaf -> !leaf.equals("/a0/30/a0/31/80=05"))
                .toList());
    assertThat(new Show().show(octets, InformationObject.CODEC))
        .contains(
            "type OBJECT IDENTIFIER  1.3.26.0.4406.0.2.0 (id-nato-mmhs-mm-primary-precedence)",
            "value (id-nato-mmhs-mm-primary-precedence) INTEGER  flash (4)",
            "value (id-nato-mmhs-mm-distribution-codes) SET",
            "type [0]  exercise (0)",
            "data IA5String  \"test\\r\\n \"");
  }

  /** General text: two EXTERNALs that the tables open, the first tagged in place. */
  @Test
  void generalText() throws Exception {
    Octets octets =
        Octets.ofHex(
            tlv(
                "AF", // extended
                tlv(
                    "A0",
                    "0604 56010B0B",
                    tlv("A0", tlv("31", "0201 01", "0201 64"))), // sets 1 and 100
                tlv("28", "0604 5601040B", tlv("A0", "1B06 47E4727465 6E")))); // "G\u00e4rten"

    BodyPart part = BodyPart.CODEC.decode(octets);
    assertThat(part).isInstanceOf(BodyPart.Extended.class);
    assertThat(BodyPart.CODEC.encode(part)).isEqualTo(octets);
    assertThat(new Show().show(octets, BodyPart.CODEC))
        .contains("(id-ep-general-text) SET", "INTEGER  100", "GeneralString  \"G\u00e4rten\"");
  }

  private static String heading(String last, String value) {
    return tlv("30", "0608 2B1A00A2360002" + last, value);
  }

  private static String tlv(String tag, String... content) {
    String all = String.join("", content).replace(" ", "");
    int length = all.length() / 2;
    return tag
        + (length < 0x80 ? "" : length < 0x100 ? "81" : "82%02x".formatted(length >> 8))
        + "%02x".formatted(length & 0xFF)
        + all;
  }
}
