package org.heliograph.osi.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.heliograph.asn1.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BerStreamTest {

  /** Opens SEQUENCE, collects INTEGER, passes everything else; writes down what it hears. */
  private static final class Heard implements BerStream.Handler {
    final StringBuilder text = new StringBuilder();
    private final StringBuilder passed = new StringBuilder();

    @Override
    public BerStream.Take header(int depth, int tag, boolean constructed, long length) {
      return switch (tag) {
        case Tag.SEQUENCE -> {
          text.append("(");
          yield BerStream.Take.OPEN;
        }
        case Tag.INTEGER -> BerStream.Take.COLLECT;
        default -> BerStream.Take.PASS;
      };
    }

    @Override
    public void collected(int depth, int tag, byte[] content) {
      text.append("i").append(HexFormat.of().formatHex(content));
    }

    @Override
    public void passed(ByteBuffer octets) {
      while (octets.hasRemaining()) {
        passed.append(HexFormat.of().toHexDigits(octets.get()));
      }
    }

    @Override
    public void closed(int depth, int tag) {
      if (tag == Tag.SEQUENCE) {
        text.append(")");
      } else {
        text.append("<").append(passed).append(">");
        passed.setLength(0);
      }
    }
  }

  private static String read(String hex, int pieceSize) throws Exception {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    Heard heard = new Heard();
    BerStream stream = new BerStream(ProtocolError.In.RTSE, "test", heard);
    for (int at = 0; at < octets.length; at += pieceSize) {
      stream.feed(ByteBuffer.wrap(octets, at, Math.min(pieceSize, octets.length - at)));
    }
    return heard.text + (stream.complete() ? "" : "...");
  }

  @ParameterizedTest
  @CsvSource({
    "30 00, ()",
    "30 80 00 00, ()",
    "30 03 02 01 05, (i05)",
    "30 80 02 01 05 00 00, (i05)",
    "30 03 02 01 05 , (i05)",
    "30 05 30 03 02 01 05, ((i05))",
    "30 07 30 80 02 01 05 00 00, ((i05))",
    "30 80 30 03 02 01 05 00 00, ((i05))",
    "30 81 03 02 01 05, (i05)",
    "30 84 00 00 00 03 02 01 05, (i05)",
    "30 02 02 00, (i)",
    "04 03 010203, <010203>",
    "04 00, <>",
    "a0 03 020105, <020105>",
    "a0 80 020105 0000, <020105>",
    "a0 80 0000, <>",
    "a0 80 3080 0401aa 0000 0000, <30800401aa0000>",
    "a0 80 040400000000 0000, <040400000000>",
    "30 80 a0 80 3080 a080 0000 0000 0000 020107 0000, (<3080a08000000000>i07)",
    "30 09 a0 80 0400 0000 02 01 07, (<0400>i07)",
    "a0 80 bf8701 020000 0000, <bf8701020000>",
    "bf 87 01 02 0000, <0000>",
  })
  void anyFormInAnyPieces(String hex, String heard) throws Exception {
    for (int piece = 1; piece < 20; piece++) {
      assertThat(read(hex, piece)).as("pieces of " + piece).isEqualTo(heard);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30 03 02 02 0501, 4, reaches beyond",
    "30 03 02, 2, ...",
    "30 04 02 01 05 02, 6, ...",
    "30 01 00, 3, ...",
    "30 02 00 00, 4, definite length",
    "04 80, 2, indefinite length needs",
    "30 ff, 2, reserved",
    "30 89 01, 2, more than 8",
    "30 88 ffffffffffffffff, 10, reaches beyond",
    "22 80, 2, constructed encoding is not allowed",
    "10 00, 2, primitive encoding is not allowed",
    "02 41 00, 2, at most 64",
    "3f ffffffffff 00, 5, 28 bits",
    "30 00 00, 2, after the end",
    "a0 80 00 01, 4, tag 0",
    "30 04 02 01 05 02 00, 6, beyond the end",
    "a0 80 a0 80 00 00 20 00, 8, tag 0",
  })
  void brokenAtAnOctet(String hex, int offset, String rule) throws Exception {
    for (int piece = 1; piece < 10; piece++) {
      int size = piece;
      if (rule.equals("...")) {
        assertThat(read(hex, size)).endsWith("...");
      } else {
        assertThatThrownBy(() -> read(hex, size))
            .isInstanceOfSatisfying(
                ProtocolError.class, e -> assertThat(e.offset()).isEqualTo(offset))
            .hasMessageContaining(rule);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"30 80", "a0 80"})
  void depthIsLimitedOrCostsNothing(String level) throws Exception {
    String deep = level.repeat(100_000);
    if (level.startsWith("30")) {
      assertThatThrownBy(() -> read(deep, 4096)).hasMessageContaining("within each other");
    } else {
      // What is passed is counted, not remembered.
      assertThat(read(deep, 4096)).isEqualTo("...");
    }
  }

  @Test
  void eightOctetsOfLengthAreCountedWithoutBeingAllocated() throws Exception {
    assertThat(read("04 88 0fffffffffffffff 010203", 2)).isEqualTo("...");
  }
}
