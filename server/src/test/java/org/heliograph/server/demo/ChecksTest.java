package org.heliograph.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdict rests on these: each kind of damage must be seen. */
class ChecksTest {
  private static List<Check> against(Letter sent, String octets) throws IOException {
    Checks checks = new Checks(check -> {});
    checks.letter(sent, Arrived.read(octets.getBytes(StandardCharsets.ISO_8859_1)));
    return checks.all();
  }

  private static String octets(Letter letter) {
    return new String(letter.octets(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> failed(Letter sent, String octets) throws IOException {
    return against(sent, octets).stream().filter(c -> !c.held()).map(Check::what).toList();
  }

  @Test
  void whatWasSentHolds() throws IOException {
    for (Letter letter : List.of(Letters.plain(), Letters.military(), Letters.answer())) {
      assertThat(failed(letter, octets(letter))).as(letter.name()).isEmpty();
    }
    assertThat(against(Letters.military(), octets(Letters.military())))
        .extracting(Check::what)
        .contains(
            "subject",
            "body",
            "precedence",
            "subject indicator codes",
            "message type",
            "security label");
  }

  @Test
  void damageIsSeen() throws IOException {
    Letter plain = Letters.plain();
    assertThat(failed(plain, octets(plain).replace("Chart of", "Chart off")))
        .containsExactly("subject");
    assertThat(failed(plain, octets(plain).replace("attached", "detached")))
        .containsExactly("body");
    String octets = octets(plain);
    int inTheFile = octets.indexOf("\r\n\r\n", octets.lastIndexOf("chart.bin")) + 10;
    char other = octets.charAt(inTheFile) == 'A' ? 'B' : 'A';
    assertThat(
            failed(plain, octets.substring(0, inTheFile) + other + octets.substring(inTheFile + 1)))
        .containsExactly("attachment octets");
    assertThat(failed(plain, octets.replace("chart.bin", "chart.exe")))
        .containsExactly("attachment name");
  }

  @Test
  void damageToMilitaryFieldsAndLabelIsSeen() throws IOException {
    Letter military = Letters.military();
    String octets = octets(military);
    assertThat(
            failed(
                military,
                octets.replaceFirst(
                    "MMHS-Primary-Precedence: [^\r]*", "MMHS-Primary-Precedence: 3")))
        .containsExactly("precedence");
    assertThat(failed(military, octets.replace("LAB", "LAC")))
        .containsExactly("subject indicator codes");
    assertThat(failed(military, octets.replaceFirst("SIO-Label", "X-Label")))
        .containsExactly("security label");
    assertThat(failed(military, octets.replaceFirst("MMHS-Message-Type: ", "X-Type: ")))
        .containsExactly("message type");
  }

  @Test
  void noChecksAreNoVerdict() {
    assertThat(new Checks(check -> {}).held()).isFalse();
  }
}
