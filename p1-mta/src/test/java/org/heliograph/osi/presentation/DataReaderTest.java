package org.heliograph.osi.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.heliograph.osi.layer.ProtocolError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User data of P-DATA, X.226 clause 8.4.2. */
class DataReaderTest {

  private static String read(String hex, int pieceSize) throws Exception {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    StringBuilder heard = new StringBuilder();
    DataReader reader =
        new DataReader(
            indication -> {
              PPrimitive.PData data = (PPrimitive.PData) indication;
              while (data.octets().hasRemaining()) {
                heard.append(HexFormat.of().toHexDigits(data.octets().get()));
              }
              if (data.last()) {
                heard.append(" of ").append(data.context());
              }
            });
    for (int at = 0; at < octets.length; at += pieceSize) {
      int n = Math.min(pieceSize, octets.length - at);
      reader.feed(ByteBuffer.wrap(octets, at, n), at + n == octets.length);
    }
    return heard.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61 0c 30 0a 020103 a005 0403 616263", // definite, single ASN.1 type
        "61 80 30 80 020103 a080 0403 616263 0000 0000 0000", // indefinite, as PP sends
        "61 10 30 0e 0602 5101 020103 a005 0403 616263", // transfer syntax named
        "61 0c 30 0a 020103 8105 0403 616263", // octet-aligned
        "61 10 30 0e 020103 a109 0402 0403 0403 616263", // octet-aligned, constructed
        "61 82000d 30 810a 020103 a005 0403 616263", // long lengths
        "61 13 30 08 020103 8103 040361 30 07 020103 8102 6263", // two PDV lists
      })
  void anyForm(String hex) throws Exception {
    for (int piece = 1; piece < 25; piece++) {
      assertThat(read(hex, piece)).as("pieces of " + piece).isEqualTo("0403616263 of 3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6003 040161, simply encoded",
    "6203 040161, where [APPLICATION 1]",
    "61 00, without a PDV list",
    "61 05 3003 a0010b, without a context identifier",
    "61 05 3003 020103, without values in",
    "61 0c 30 0a 020103 a205 0403 616263, presentation data values",
    "61 10 30 0e 0602 5103 020103 a005 0403 616263, other than BER",
    "61 0f 3005 0201 03 8100 3006 020105 8101 aa, several contexts",
    "61 0b 30 09 0206 010203040506 00, context identifier of 6",
    "61 03 0401aa, PDV-list",
    "61 0c 30 0a 020103 a005 0403 6162, ends before",
    "61 0d 30 0a 020103 a005 0403 616263, ends before",
    "61 0b 30 0a 020103 a005 0403 616263, reaches beyond",
    "61 0c 30 0a 020103 a005 0403 616263 00, after the end",
    "61 0c 30 0a 020103 a105 0203 616263, where a segment",
  })
  void broken(String hex, String rule) throws Exception {
    for (int piece = 1; piece < 20; piece++) {
      int size = piece;
      assertThatThrownBy(() -> read(hex, size))
          .isInstanceOf(ProtocolError.class)
          .hasMessageStartingWith("presentation, TD, octet ")
          .hasMessageContaining(rule);
    }
  }

  @Test
  void headerIsWhatTheReaderReads() throws Exception {
    for (long length : new long[] {1, 100, 127, 128, 255, 256, 65535, 65536, 1L << 30, 1L << 40}) {
      ByteBuffer header = Ppdu.dataHeader(3, length);
      byte[] octets = new byte[header.remaining()];
      header.get(octets);
      StringBuilder heard = new StringBuilder();
      DataReader reader = new DataReader(i -> heard.append("x"));
      reader.feed(ByteBuffer.wrap(octets), false);
      assertThat(heard).isEmpty();
      String text = HexFormat.of().formatHex(octets);
      assertThat(text).startsWith("61").contains("020103a0");
    }
    byte[] small = new byte[9];
    Ppdu.dataHeader(3, 5).get(small);
    assertThat(HexFormat.of().formatHex(small)).isEqualTo("610c300a020103a005");
  }
}
