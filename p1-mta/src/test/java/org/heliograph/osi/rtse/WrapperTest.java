package org.heliograph.osi.rtse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The EXTERNAL around an APDU, and RTTR around its pieces. */
class WrapperTest {
  private final StringBuilder heard = new StringBuilder();
  private final Sink<ByteBuffer> sink =
      octets -> {
        while (octets.hasRemaining()) {
          heard.append(HexFormat.of().toHexDigits(octets.get()));
        }
      };

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private String unwrap(String hex, int pieceSize) throws Exception {
    byte[] octets = hex(hex);
    heard.setLength(0);
    Wrapper wrapper = new Wrapper(5, sink);
    for (int at = 0; at < octets.length; at += pieceSize) {
      wrapper.feed(ByteBuffer.wrap(octets, at, Math.min(pieceSize, octets.length - at)));
    }
    wrapper.finish();
    return heard.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "28 0a 020105 a005 a003 800161",
        "28 80 020105 a080 a003 800161 0000 0000",
        "28 80 020105 a005 a003 800161 0000",
        "28 0e 0602 5101 020105 a005 a003 800161",
        "28 0a 020105 8105 a003 800161",
        "28 0e 020105 a109 0402 a003 0403 800161",
        "28 14 020105 a180 0402 a003 2480 0403 800161 0000 0000", // nested segments
      })
  void anyForm(String hex) throws Exception {
    for (int piece = 1; piece < 25; piece++) {
      assertThat(unwrap(hex, piece)).isEqualTo("a003800161");
    }
  }

  @Test
  void indefiniteApduKeepsItsEndOfContents() throws Exception {
    for (int piece = 1; piece < 25; piece++) {
      assertThat(unwrap("2880 020105 a080 a080 3180 0000 0000 0000 0000", piece))
          .isEqualTo("a080318000000000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30 00, where EXTERNAL",
    "28 00, without an APDU",
    "28 03 020105, without an APDU",
    "28 04 a002 0500, names no presentation context",
    "28 05 020103 a000, context 3 where 5",
    "28 05 020105 a200, where [0]",
    "28 0a 020105 a005 a003 8001, before the EXTERNAL",
    "28 0a 020105 a005 a003 800161 00, after the end",
    "28 0b 020105 a002 0500 a002 0500, a second value",
  })
  void broken(String hex, String rule) {
    assertThatThrownBy(() -> unwrap(hex, 3))
        .isInstanceOf(ProtocolError.class)
        .hasMessageStartingWith("rtse, APDU, octet ")
        .hasMessageContaining(rule);
  }

  @Test
  void headerWritten() {
    assertThat(Wrapper.header(5, 5)).isEqualTo(hex("280a020105a005"));
    assertThat(Wrapper.header(5, 200)).isEqualTo(hex("2881ce020105a081c8"));
    assertThat(Wrapper.header(5, 1L << 32)).isEqualTo(hex("2885010000000a020105a0850100000000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0403 616263",
        "048103 616263",
        "04840000 0003 616263",
        "2480 0401 61 0402 6263 0000",
        "2407 0401 61 0402 6263",
        "2480 2403 0401 61 0400 0402 6263 0000",
      })
  void rttrInAnyForm(String hex) throws Exception {
    byte[] octets = hex(hex);
    for (int piece = 1; piece < 16; piece++) {
      heard.setLength(0);
      Rttr rttr = new Rttr(sink);
      // Twice: the second RTTR follows in a P-DATA of its own.
      for (int round = 0; round < 2; round++) {
        for (int at = 0; at < octets.length; at += piece) {
          int n = Math.min(piece, octets.length - at);
          rttr.feed(ByteBuffer.wrap(octets, at, n), at + n == octets.length);
        }
      }
      assertThat(heard.toString()).isEqualTo("616263616263");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0403 6162, before the RTTR",
    "0402 616263, after the end",
    "0203 616263, where an OCTET STRING",
    "2403 020161, where an OCTET STRING",
  })
  void rttrBroken(String hex, String rule) {
    assertThatThrownBy(() -> new Rttr(sink).feed(ByteBuffer.wrap(hex(hex)), true))
        .isInstanceOf(ProtocolError.class)
        .hasMessageStartingWith("rtse, RTTR, octet ")
        .hasMessageContaining(rule);
  }
}
