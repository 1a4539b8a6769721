package org.heliograph.osi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CR and CC, X.224 clauses 13.3 and 13.4. */
class ConnectTpduTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void recordedCr() throws Exception {
    byte[] octets =
        hex(
            "18" // length indicator
                + "e0" // CR
                + "0000" // destination reference
                + "000d" // source reference
                + "00" // class 0
                + "c107 583430302d3838" // calling selector
                + "c207 583430302d3838"); // called selector
    ConnectTpdu cr = ConnectTpdu.read("CR", octets);
    assertThat(cr)
        .isEqualTo(
            new ConnectTpdu(
                ConnectTpdu.CR,
                0,
                13,
                0,
                false,
                Octets.utf8("X400-88"),
                Octets.utf8("X400-88"),
                0,
                false));
    assertThat(cr.write()).isEqualTo(octets);
  }

  @Test
  void recordedCcWithoutParameters() throws Exception {
    byte[] octets = hex("06 d0 0de0 063c 00");
    ConnectTpdu cc = ConnectTpdu.read("CC", octets);
    assertThat(cc)
        .isEqualTo(
            new ConnectTpdu(
                ConnectTpdu.CC,
                0x0de0,
                0x063c,
                0,
                false,
                Octets.empty(),
                Octets.empty(),
                0,
                false));
    assertThat(cc.write()).isEqualTo(octets);
  }

  @Test
  void recordedCrWithTpduSize() throws Exception {
    byte[] octets = hex("13 e0 0000 4c53 00 c103353932 c203353934 c0010b");
    ConnectTpdu cr = ConnectTpdu.read("CR", octets);
    assertThat(cr.tpduSize()).isEqualTo(2048);
    assertThat(cr.write()).isEqualTo(octets);
  }

  @ParameterizedTest
  @CsvSource({
    "c0010c, 4096", // not of class 0, but said; what is granted is at most 2048
    "f00110, 2048", // 16 units of 128
    "f0020200, 65531", // more than a TPKT holds
    "c0010b f00104, 512", // the preferred one wins
    "f00104 c0010b, 512",
    "990155, 0", // unknown: ignored
  })
  void sizes(String parameters, int size) throws Exception {
    byte[] rest = hex(parameters);
    byte[] octets = Arrays.copyOf(hex("00 e0 0000 0001 00"), 7 + rest.length);
    System.arraycopy(rest, 0, octets, 7, rest.length);
    octets[0] = (byte) (octets.length - 1);
    assertThat(ConnectTpdu.read("CR", octets).tpduSize()).isEqualTo(size);
  }

  @Test
  void classes() throws Exception {
    assertThat(ConnectTpdu.read("CR", hex("06 e0 0000 0001 20")).preferredClass()).isEqualTo(2);
    assertThat(ConnectTpdu.read("CR", hex("09 e0 0000 0001 20 c70100")).classZeroAlternative())
        .isTrue();
    assertThat(ConnectTpdu.read("CR", hex("09 e0 0000 0001 40 c70120")).classZeroAlternative())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "05 e0 0000 0001, 0",
    "07 e0 0000 0001 00, 0",
    "ff e0 0000 0001 00, 0",
    "07 e0 0000 0001 00 c1, 7",
    "08 e0 0000 0001 00 c1 01, 7",
    "09 e0 0000 0001 00 c1 02 55, 7",
    "09 e0 0000 0001 00 c0 01 06, 7",
    "09 e0 0000 0001 00 c0 01 0e, 7",
    "0a e0 0000 0001 00 c0 02 0b0b, 7",
    "09 e0 0000 0001 00 f0 01 00, 7",
    "08 e0 0000 0001 00 f0 00, 7",
    "0d e0 0000 0001 00 f0 05 0101010101, 7",
  })
  void broken(String hex, int offset) {
    assertThatThrownBy(() -> ConnectTpdu.read("CR", hex(hex)))
        .isInstanceOfSatisfying(
            ProtocolError.class,
            e -> {
              assertThat(e.offset()).isEqualTo(offset);
              assertThat(e.in()).isEqualTo(ProtocolError.In.TRANSPORT);
            });
  }

  @Test
  void everyTruncationAndLyingLength() throws Exception {
    byte[] good = hex("13 e0 0000 4c53 00 c103353932 c203353934 c0010b");
    for (int n = 3; n < good.length; n++) {
      byte[] cut = Arrays.copyOf(good, n);
      assertThatThrownBy(() -> ConnectTpdu.read("CR", cut)).isInstanceOf(ProtocolError.class);
    }
    for (int at : new int[] {0, 8, 13, 18}) {
      for (int length = good[at] + 1; length < 256; length++) {
        byte[] lying = good.clone();
        lying[at] = (byte) length;
        if (at == 8 && length == 8 || at == 8 && length == 11 || at == 13 && length == 6) {
          continue; // swallows whole parameters and is well-formed again
        }
        assertThatThrownBy(() -> ConnectTpdu.read("CR", lying)).isInstanceOf(ProtocolError.class);
      }
    }
  }
}
