package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tree;
import org.heliograph.asn1.show.Show;
import org.heliograph.asn1.x411.MTSAPDU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets as a tree for people. */
class ShowTest {
  private static final Show SHOW = new Show();

  static List<Samples.Sample> samples() {
    return Samples.ALL;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void guessesEverySampleAndShowsItWhole(Samples.Sample sample) {
    String tree = SHOW.show(Octets.of(sample.octets()));

    assertThat(tree).doesNotContain("stopped at", " ! ");
    assertThat(tree).isEqualTo(SHOW.show(Octets.of(sample.octets()), sample.codec()));
  }

  @Test
  void namesFieldsValuesAndObjectIdentifiers() {
    assertThat(show("88ndr-cp"))
        .contains(
            "     0  SET\n",
            "     4      mode-value [0]  normal-mode (1)\n",
            "    50          abstract-syntax-name OBJECT IDENTIFIER  2.6.0.2.7 (id-as-mtse)\n",
            "    71            aarq [APPLICATION 0]\n",
            "   110                              initiator-name [0]  \"PP-A\"\n");
  }

  @Test
  void looksThroughAllLayersOfADataTransfer() {
    assertThat(show("88ndr-data"))
        .contains(
            "rttr-apdu OCTET STRING  628 octets that hold\n",
            "content-type.built-in [APPLICATION 6]  interpersonal-messaging-1988 (22)\n",
            "(internal-trace-information) SEQUENCE\n",
            "content OCTET STRING  181 octets in pieces; the offsets below count within them\n",
            "data IA5String  \"to nobody\\r\\n\"\n");
  }

  @Test
  void showsAReportWithItsReasons() {
    assertThat(show("88ndr-back-apdu"))
        .contains(
            "returned-content [1]  181 octets that hold\n",
            "non-delivery-diagnostic-code [1]  unrecognised-OR-name (0)\n");
  }

  @Test
  void saysWhereItStoppedInTruncatedOctets() {
    byte[] octets = Samples.named("84-apdu").octets();

    assertThat(SHOW.show(Octets.of(octets, 0, 50)))
        .contains("global-domain-identifier")
        .endsWith(
            """
                24        local-identifier IA5String  6d74612e7070612e74652e3638393a32332e31302e32362e
            !       stopped at octet 50: the octets end within the element at 24, whose length is 32
            """);
    for (int length = 0; length < octets.length; length++) {
      assertThat(SHOW.show(Octets.of(octets, 0, length)))
          .containsOnlyOnce("stopped at octet")
          .endsWith("\n");
    }
  }

  @Test
  void showsUntypedWhatDoesNotFitTheType() {
    String tree = SHOW.show(Octets.ofHex("A0 05 31 03 02 01 07"), MTSAPDU.CODEC);

    assertThat(tree)
        .isEqualTo("     0  message [0]\n     2    envelope SET\n     4      INTEGER  7\n");
    assertThat(SHOW.show(Octets.ofHex("80 01 FF 05 00")))
        .isEqualTo("     0  [0]  ff\n     3  NULL\n");
  }

  @Test
  void namesTheRuleThatAValueBreaks() {
    String tree = SHOW.show(Octets.ofHex("06 02 88 80"));

    assertThat(tree)
        .isEqualTo("     0  OBJECT IDENTIFIER  8880 ! object identifier ends within an arc\n");
  }

  @Test
  void keepsItsLimits() {
    byte[] flat = new byte[20_000];
    for (int i = 0; i < flat.length; i += 2) {
      flat[i] = 5;
    }
    Show few = new Show(new Tree.Settings(10, 5, 20));
    assertThat(few.show(Octets.of(flat)).lines()).hasSize(11);
    assertThat(few.show(Octets.of(flat))).endsWith("stopped at octet 20: more than 10 lines\n");

    byte[] deep = new byte[1000];
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x80;
    }
    assertThat(few.show(Octets.of(deep))).endsWith("stopped at octet 10: nested deeper than 5\n");

    byte[] text = new byte[102];
    Arrays.fill(text, (byte) 'x');
    text[0] = 22;
    text[1] = 100;
    assertThat(few.show(Octets.of(text)))
        .isEqualTo("     0  IA5String  \"" + "x".repeat(19) + "...\n");
  }

  @Test
  void showsNoControlCharacters() {
    assertThat(SHOW.show(Octets.ofHex("16 05 41 1B 5B 07 0A")))
        .isEqualTo("     0  IA5String  \"A\\u001b[\\u0007\\n\"\n");
  }

  @Test
  void survivesAnything() {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      Samples.Sample sample = Samples.ALL.get(random.nextInt(Samples.ALL.size()));
      byte[] octets = sample.octets().clone();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      assertThat(SHOW.show(Octets.of(octets))).endsWith("\n");
    }
  }

  @Test
  void knowsTypesByName() {
    assertThat(Show.type("p1")).contains(MTSAPDU.CODEC);
    assertThat(Show.type("X411.ORName")).isPresent();
    assertThat(Show.type("X411.Nonsense")).isEmpty();
    assertThat(Show.names()).contains("p22", "p772", "cms");
  }

  private static String show(String sample) {
    return SHOW.show(Octets.of(Samples.named(sample).octets()));
  }
}
