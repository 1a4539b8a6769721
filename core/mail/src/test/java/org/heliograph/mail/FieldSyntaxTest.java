package org.heliograph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.heliograph.model.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses, dates, identifiers, parameters, encoded words, folding. */
class FieldSyntaxTest {

  @Test
  void addressesOfAllShapes() throws Exception {
    AddressList list =
        AddressList.parse(
            "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>, "
                + "\"Joe Q. \\\"X\\\"\" <john.q.public@example.com>,, jane@example.org (Jane), "
                + "A Group:Ed <joe@where.test>,two@x.test;, <@r.test,@s.test:c@d.test>, "
                + "\"quoted local\"@[192.0.2.1], =?utf-8?q?J=C3=BCrg?= <j@x.test>");
    assertThat(list.groups()).containsExactly("A Group");
    assertThat(list.addresses())
        .extracting(a -> a.mailbox().text())
        .containsExactly(
            "pete@silly.test",
            "john.q.public@example.com",
            "jane@example.org",
            "joe@where.test",
            "two@x.test",
            "c@d.test",
            "\"quoted local\"@[192.0.2.1]",
            "j@x.test");
    assertThat(list.addresses())
        .extracting(a -> a.name().orElse("-"))
        .containsExactly("Pete", "Joe Q. \"X\"", "Jane", "Ed", "-", "-", "-", "Jürg");
  }

  @Test
  void namesAreWrittenSoThatTheyReadBack() throws Exception {
    List<MailAddress> addresses =
        List.of(
            new MailAddress(java.util.Optional.of("J. \"R\" O'Hara, Jr."), Mailbox.parse("a@b.c")),
            new MailAddress(
                java.util.Optional.of("Zoë Ünïcode " + "x".repeat(80)), Mailbox.parse("d@e.f")),
            MailAddress.of(new Mailbox("odd local", "g.h")));
    String folded = HeaderField.of("To", AddressList.format(addresses)).octets().text();
    assertThat(folded.lines()).allMatch(line -> line.length() <= 998);
    HeaderField read = HeaderField.read(folded.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(AddressList.parse(read.body()).addresses()).isEqualTo(addresses);
  }

  @Test
  void noAddressesAreRefusedWithAnOffset() {
    for (String bad : List.of("foo", "<a@b", "a@", "a b <c>", "<>", "a@b..c", "\"unended")) {
      assertThatThrownBy(() -> AddressList.parse(bad)).isInstanceOf(MailSyntaxException.class);
    }
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(4406);
    String letters = "ab@.<>(),;:\"\\[] =?\t\u00e9\u0000";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(30); k > 0; k--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String body = text.toString();
      try {
        AddressList.parse(body);
      } catch (MailSyntaxException expected) {
        assertThat(expected.offset()).isBetween(0L, (long) body.length());
      }
      Parameters.parse(body);
      MessageIds.parse(body);
      MailDate.parse(body);
      Received.parse(body);
      MediaType.parse(body);
      EncodedWords.decode(body);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 1997 09:55:06 -0600|1997-11-21T09:55:06-06:00",
        "Thu,\t13 Feb 1969 23:32 -0330 (Newfoundland Time)|1969-02-13T23:32-03:30",
        "21 Nov 97 09:55:06 GMT|1997-11-21T09:55:06Z",
        "Mon, 09 Aug 2010 15:27:40 +0100|2010-08-09T15:27:40+01:00",
        "18 Feb 2013 9:24 PDT|2013-02-18T09:24-07:00"
      })
  void datesKeepTheirOffset(String text, String expected) {
    assertThat(MailDate.parse(text).orElseThrow()).hasToString(expected);
    assertThat(MailDate.parse(MailDate.format(MailDate.parse(text).orElseThrow())))
        .isEqualTo(MailDate.parse(text));
  }

  @Test
  void noDates() {
    for (String bad : List.of("", "today", "32 Nov 1997 00:00:00 +0000", "1 Foo 2000 00:00 Z")) {
      assertThat(MailDate.parse(bad)).isEmpty();
    }
  }

  @Test
  void identifiers() {
    assertThat(MessageIds.parse("<a@b> garbage <\"q > x\"@d> (c <n@o>) <e @ f>"))
        .containsExactly("a@b", "\"q > x\"@d", "e@f");
  }

  @Test
  void parametersOfRfc2231() {
    Map<String, String> read =
        Parameters.parse(
            "; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20;"
                + " title*2=\"isn't it!\"; a=b ; C = \"d;e\\\"f\"; a=second; x*=utf-8''%C3%A9");
    assertThat(read)
        .containsEntry("title", "This is even more ***fun*** isn't it!")
        .containsEntry("a", "b")
        .containsEntry("c", "d;e\"f")
        .containsEntry("x", "é");
  }

  @Test
  void parametersReadBack() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("plain", "token");
    values.put("spaces", "a b \"c\" \\d");
    values.put("long", "0123456789 ".repeat(30).strip());
    values.put("filename", "Übersicht der Lage – " + "ж".repeat(60) + ".pdf");
    assertThat(Parameters.parse(Parameters.format(values))).isEqualTo(values);
  }

  @Test
  void encodedWordsReadBack() {
    String text = "Привет, Welt \uD83D\uDE80 ".repeat(10).strip();
    String encoded = EncodedWords.encode(text);
    assertThat(encoded.split(" ")).allMatch(word -> word.length() <= 75);
    assertThat(EncodedWords.decode(encoded)).isEqualTo(text);
    assertThat(EncodedWords.decode("=?nonsense?Q?a?= =?utf-8?b?!?=")).isNotNull();
  }

  @Test
  void foldingNeverLetsAFieldIn() {
    HeaderField field =
        HeaderField.of("Subject", "one\r\nBcc: x@y.test\n two  three" + " w".repeat(60));
    assertThat(field.octets().text().split("\r\n"))
        .allMatch(line -> line.startsWith("Subject:") || line.startsWith(" "))
        .allMatch(line -> line.length() <= 78);
    assertThat(field.body()).contains("two  three");
  }

  @Test
  void receivedFields() {
    Received received =
        Received.parse(
            "from mail.x.test (HELO x) (192.0.2.1)\r\n by mx.y.test (Postfix) with ESMTP id 123;"
                + " Mon, 09 Aug 2010 15:27:40 +0100");
    assertThat(received.from()).contains("mail.x.test");
    assertThat(received.by()).contains("mx.y.test");
    assertThat(received.id()).contains("123");
    assertThat(received.date().orElseThrow()).hasToString("2010-08-09T15:27:40+01:00");
  }
}
