package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.heliograph.mixer.IpmIds.IpmId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.PrintableText;
import org.heliograph.model.TeletexText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2156 3.4 (PrintableString), 4.7.3 (identifiers), T.61 text. */
class IdentifiersAndTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a demo.|a demo.",
        "foo(a)bar|foo@bar",
        "(q)(u)(p)(q)|\"_%\"",
        "(a)|@",
        "(l)a(r)|(a)",
        "(126)|~"
      })
  void printableStringExamples(String printable, String ascii) {
    assertThat(PrintableText.encode(ascii)).isEqualTo(printable);
    assertThat(PrintableText.decode(printable)).contains(ascii);
  }

  @Test
  void printableStringOddities() {
    assertThat(PrintableText.decode("(A)")).contains("@");
    assertThat(PrintableText.decode("(")).isEmpty();
    assertThat(PrintableText.decode("(200)")).isEmpty();
    assertThat(PrintableText.decode("x)")).isEmpty();
    Random random = new Random(34);
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 20; k++) {
        text.append((char) random.nextInt(128));
      }
      String encoded = PrintableText.encode(text.toString());
      assertThat(PrintableText.isPrintable(encoded)).isTrue();
      assertThat(PrintableText.decode(encoded)).contains(text.toString());
    }
  }

  @Test
  void mailIdentifiersComeBack() {
    for (String id :
        new String[] {"abc@example.com", "\"odd\"@x.test", "20261124.0001_x@host.a.b"}) {
      IpmId ipm = IpmIds.toIpm(id);
      assertThat(ipm.user()).isEmpty();
      assertThat(PrintableText.isPrintable(ipm.relative())).isTrue();
      assertThat(IpmIds.toMessageId(ipm, Optional.empty())).isEqualTo(id);
    }
  }

  @Test
  void x400IdentifiersComeBack() throws Exception {
    OrAddress user = StdOr.parse("/S=Dietrich/O=Siemens/ADMD=DBP/C=DE/");
    IpmId id = new IpmId(Optional.of(user), "147");
    String messageId = IpmIds.toMessageId(id, Optional.empty());
    assertThat(messageId).isEqualTo("147*/S=Dietrich/O=Siemens/ADMD=DBP/C=DE/@MHS");
    assertThat(IpmIds.toIpm(messageId)).isEqualTo(id);
    IpmId bare = new IpmId(Optional.empty(), "12 3");
    assertThat(IpmIds.toMessageId(bare, Optional.empty())).isEqualTo("\"12 3*\"@MHS");
    assertThat(IpmIds.toIpm("\"12 3*\"@MHS")).isEqualTo(bare);
  }

  @Test
  void militaryIdentifiersAreLongEnoughAndComeBack() throws Exception {
    OrAddress gateway = StdOr.parse("/PRMD=p/ADMD=a/C=us/");
    IpmId id = IpmIds.military(IpmIds.toIpm("1@b.c"), gateway);
    assertThat(id.relative()).hasSize(15);
    assertThat(id.user()).contains(gateway);
    assertThat(IpmIds.toMessageId(id, Optional.of(gateway))).isEqualTo("1@b.c");
  }

  @Test
  void longIdentifiersAreCut() {
    assertThat(IpmIds.toIpm("x".repeat(100) + "@example.com").relative()).hasSize(64);
  }

  @Test
  void teletexTextComesBack() {
    for (String text :
        new String[] {"plain", "Grüße aus Zürich", "Ærøskøbing ½ £$#", "Dvořák", "naïve"}) {
      assertThat(TeletexText.encode(text)).map(TeletexText::decode).contains(text);
    }
    assertThat(TeletexText.encode("Привет")).isEmpty();
    assertThat(TeletexText.decode(TeletexText.approximate("aПz"))).isEqualTo("a?z");
    assertThat(TeletexText.decode(new byte[] {0x1B, 0x2D, 0x41, (byte) 0xE9})).isEqualTo("é");
    for (int i = 0; i < 65_536; i++) {
      assertThat(TeletexText.decode(new byte[] {(byte) (i >> 8), (byte) i})).isNotEmpty();
    }
  }
}
