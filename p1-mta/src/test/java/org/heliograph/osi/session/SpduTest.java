package org.heliograph.osi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SPDUs of X.225 clause 8.3, octet by octet. */
class SpduTest {
  private static final Octets NONE = Octets.empty();

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static Octets octets(String hex) {
    return Octets.ofHex(hex);
  }

  private static Reference reference() {
    return new Reference(octets("1402766d"), octets("170d3236"), NONE);
  }

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(
            "0d 29" // CN
                + "01 0c 0a04 1402766d 0b04 170d3236" // connection id
                + "05 09 130100 160103 1a0100" // connect item: options, version, tokens
                + "14 02 0249" // session requirements
                + "33 01 73" // calling selector
                + "34 01 74" // called selector
                + "c1 04 31020500", // user data
            new Spdu.Cn(
                reference(), 0, 0, 3, 0, 0x0249, octets("73"), octets("74"), octets("31020500"))),
        Arguments.of(
            "0e 23" // AC
                + "01 0c 0904 1402766d 0b04 170d3236"
                + "05 09 130100 160102 1a0100"
                + "14 02 0249"
                + "c1 04 31020500",
            new Spdu.Ac(reference(), 0, 2, 0, 0x0249, NONE, octets("31020500"))),
        Arguments.of(
            "0c 10" // RF
                + "11 01 01" // transport connection is released
                + "14 02 0249"
                + "16 01 02"
                + "32 04 02 310100", // reason, then user data
            new Spdu.Rf(Reference.NONE, 1, 0x0249, 2, 2, octets("310100"))),
        Arguments.of("09 07 110101 c102 6100", new Spdu.Fn(1, octets("6100"))),
        Arguments.of("0a 04 c102 6100", new Spdu.Dn(octets("6100"))),
        Arguments.of("08 04 c102 6100", new Spdu.Nf(octets("6100"))),
        Arguments.of("19 07 110103 c102 a000", new Spdu.Ab(3, octets("a000"))),
        Arguments.of("1a 00", new Spdu.Aa()),
        Arguments.of("15 00", new Spdu.Gtc()),
        Arguments.of("16 00", new Spdu.Gta()),
        Arguments.of("01 03 100101", new Spdu.Gt(1)),
        Arguments.of("02 03 100101", new Spdu.Pt(1, Octets.empty())),
        Arguments.of("01 00 31 04 2a02 3132", new Spdu.Mip(true, 12)),
        Arguments.of("01 00 31 06 0f0101 2a01 31", new Spdu.Mip(false, 1)),
        Arguments.of("02 00 32 03 2a01 37", new Spdu.Mia(7)),
        Arguments.of("01 00 2d 05 2903 020101", new Spdu.As(octets("020101"))),
        Arguments.of(
            "01 00 1d 0f 2108 2903 020101 2a01 33 2903 020102",
            new Spdu.Ar(octets("020102"), Reference.NONE, octets("020101"), 3)),
        Arguments.of("01 00 29 03 2a01 31", new Spdu.Ae(1)),
        Arguments.of("02 00 2a 03 2a01 31", new Spdu.Aea(1)),
        Arguments.of("01 00 19 03 320105", new Spdu.Ai(5)),
        Arguments.of("02 00 1a 00", new Spdu.Aia()),
        Arguments.of("01 00 39 03 320100", new Spdu.Ad(0)),
        Arguments.of("02 00 3a 00", new Spdu.Ada()),
        Arguments.of("02 00 00 00", new Spdu.Er()),
        Arguments.of("02 00 30 03 320106", new Spdu.Ed(6)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void goldenOctets(String hex, Spdu spdu) throws Exception {
    byte[] octets = hex(hex);
    assertThat(SpduReader.read(octets)).isEqualTo(spdu);
    assertThat(HexFormat.of().formatHex(SpduWriter.write(spdu)))
        .isEqualTo(HexFormat.of().formatHex(octets));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTruncation(String hex, Spdu spdu) {
    byte[] octets = hex(hex);
    for (int n = 0; n < octets.length; n++) {
      byte[] cut = Arrays.copyOf(octets, n);
      if (n == 2 && octets[1] == 0) {
        continue; // GT or PT alone
      }
      assertThatThrownBy(() -> SpduReader.read(cut))
          .as("the first %d octets of %s", n, spdu.name())
          .isInstanceOf(ProtocolError.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLyingLength(String hex, Spdu spdu) {
    byte[] octets = hex(hex);
    int si = octets[0] == 1 || octets[0] == 2 ? octets.length > 3 && octets[1] == 0 ? 3 : 1 : 1;
    for (int length = 0; length < 256; length++) {
      if (length == (octets[si] & 0xFF)) {
        continue;
      }
      byte[] lying = octets.clone();
      lying[si] = (byte) length;
      assertThatThrownBy(() -> SpduReader.read(lying))
          .as("a length of %d in %s", length, spdu.name())
          .isInstanceOf(ProtocolError.class);
    }
    // A parameter that claims more than the SPDU has.
    if (octets.length > si + 2) {
      byte[] lying = octets.clone();
      lying[si + 2] = (byte) 0xFE;
      assertThatThrownBy(() -> SpduReader.read(lying))
          .isInstanceOfSatisfying(
              ProtocolError.class, e -> assertThat(e.offset()).isEqualTo(si + 1))
          .hasMessageContaining("reaches beyond");
    }
  }

  @Test
  void userDataOfMoreThan512OctetsIsExtended() throws Exception {
    for (int length : new int[] {512, 513, 10240}) {
      Spdu.Cn cn =
          new Spdu.Cn(Reference.NONE, 0, 0, 2, 0, 0x0249, NONE, NONE, Octets.of(new byte[length]));
      byte[] written = SpduWriter.write(cn);
      assertThat(written[1]).as("extended length indicator").isEqualTo((byte) 0xFF);
      int at = 4 + 2 + 9 + 4;
      assertThat(written[at] & 0xFF).as("parameter").isEqualTo(length > 512 ? 194 : 193);
      assertThat(SpduReader.read(written)).isEqualTo(cn);
    }
  }

  @Test
  void userDataBeyondTheLimitIsRefused() {
    Spdu.Cn cn =
        new Spdu.Cn(Reference.NONE, 0, 0, 2, 0, 0x0249, NONE, NONE, Octets.of(new byte[10241]));
    assertThatThrownBy(() -> SpduReader.read(SpduWriter.write(cn)))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("more than 10240");
  }

  @ParameterizedTest
  @CsvSource({
    "0d 04 c100 c100, a second time",
    "0d 03 1401 02, where 2 are expected",
    "01 00 2d 00, no activity identifier",
    "01 00 2d 09 2907 01020304050607, more than 6",
    "01 00 29 00, no serial number",
    "01 00 29 03 2a01 41, not decimal",
    "01 00 29 02 2a00, digits",
    "01 00 29 09 2a07 31313131313131, digits",
    "01 00 29 03 2a01 31 01 00, a third SPDU",
    "1a 00 00, never concatenated",
    "01 03 100101 2d 05 2903 020101, in a monologue",
    "03 00, functional units",
    "01 00 22 00, functional units",
    "05 00, functional units",
    "0d 13 3311 0102030405060708090a0b0c0d0e0f1011, more than 16",
    "0d ff00, within a length indicator",
    "0d 04 c1ff0002, reaches beyond",
    "0d 03 c1ff00, ends within its length",
    "0d 05 1503 010203, where 4 are expected",
  })
  void broken(String hex, String rule) {
    assertThatThrownBy(() -> SpduReader.read(hex(hex)))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining(rule);
  }

  @Test
  void defaultsOfAnOldPeer() throws Exception {
    Spdu.Cn cn = (Spdu.Cn) SpduReader.read(hex("0d 00"));
    assertThat(cn.version()).isEqualTo(1);
    assertThat(cn.requirements()).isEqualTo(0x0349);
    assertThat(cn.userData().isEmpty()).isTrue();
    assertThat(List.of(cn.tokens(), cn.options())).containsOnly(0);
  }

  @Test
  void unknownParametersAreReadPast() throws Exception {
    assertThat(SpduReader.read(hex("1a 03 640155"))).isEqualTo(new Spdu.Aa());
  }
}
