package org.heliograph.protection;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BER headers followed octet by octet. */
class BerScanTest {
  private static void scan(byte[] octets, int step, long most) throws IOException {
    BerScan scan = new BerScan();
    for (int i = 0; i < octets.length; i += step) {
      scan.accept(octets, i, Math.min(step, octets.length - i), most);
    }
    scan.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0500", // NULL
        "3000", // empty SEQUENCE
        "30800000", // the same, of indefinite length
        "3080020103308000000000", // one in the other
        "240a0402aabb240404020102", // constructed octets in two levels
        "048103aabbcc", // a long form that a short one would do for
        "5f8f0701aa", // a high tag
      })
  void takesWhatIsWhole(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    for (int step = 1; step <= octets.length; step++) {
      int by = step;
      assertThatCode(() -> scan(octets, by, 100))
          .as("in steps of %d", step)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30,inside an element",
    "308000,inside an element",
    "0402aa,inside an element",
    "05000500,behind the end",
    "0000,end of contents",
    "30020000,end of contents",
    "3003040405,longer than the one around",
    "0480,primitive value of indefinite length",
    "04847fffffff,a value of 2147483647 octets",
    "0488ffffffffffffffff,a length of 8 octets",
    "1f818181818181,a tag of more than",
  })
  void refusesWhatIsNot(String hex, String why) {
    assertThatThrownBy(() -> scan(HexFormat.of().parseHex(hex), 1, 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void limitsDepth() {
    byte[] deepest =
        HexFormat.of()
            .parseHex("3080".repeat(BerScan.MAX_DEPTH) + "0000".repeat(BerScan.MAX_DEPTH));
    assertThatCode(() -> scan(deepest, 7, 100)).doesNotThrowAnyException();
    byte[] deeper = HexFormat.of().parseHex("3080".repeat(BerScan.MAX_DEPTH + 1));
    assertThatThrownBy(() -> scan(deeper, 7, 100)).hasMessageContaining("nested more than");
  }

  /** Only where CMS keeps content may a value be long. */
  @Test
  void letsContentBeLong() {
    String octets = "048200c8" + "00".repeat(200);
    String inContent = "3080a08030803080" + "a080" + octets + "0000".repeat(5);
    assertThatCode(() -> scan(HexFormat.of().parseHex(inContent), 3, 100))
        .doesNotThrowAnyException();
    String inCipher = "3080a08030803080" + "808200c8" + "00".repeat(200) + "0000".repeat(4);
    assertThatCode(() -> scan(HexFormat.of().parseHex(inCipher), 3, 100))
        .doesNotThrowAnyException();
    String inAttribute = "3080a08030803180" + "a080" + octets + "0000".repeat(5);
    assertThatThrownBy(() -> scan(HexFormat.of().parseHex(inAttribute), 3, 100))
        .hasMessageContaining("a value of 200 octets");
  }
}
