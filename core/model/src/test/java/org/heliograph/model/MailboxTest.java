package org.heliograph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
  @Test
  void keepsTheLocalPartAndFoldsTheDomain() {
    Mailbox mailbox = Mailbox.parse("John.Doe@Example.COM");
    assertThat(mailbox.localPart()).isEqualTo("John.Doe");
    assertThat(mailbox.domain()).isEqualTo("example.com");
    assertThat(mailbox)
        .isEqualTo(Mailbox.parse("John.Doe@example.com"))
        .isNotEqualTo(Mailbox.parse("john.doe@example.com"));
  }

  @Test
  void quotesWhatMustBeQuoted() {
    Mailbox mailbox = Mailbox.parse("\"a b\\\"c\\\\d@e\"@example.com");
    assertThat(mailbox.localPart()).isEqualTo("a b\"c\\d@e");
    assertThat(mailbox.text()).isEqualTo("\"a b\\\"c\\\\d@e\"@example.com");
    assertThat(Mailbox.parse(mailbox.text())).isEqualTo(mailbox);
  }

  @Test
  void carriesAGatewayAddress() {
    Mailbox mailbox =
        Mailbox.parse("/G=Anna/S=Smith/O=HQ/PRMD=MOD/ADMD=GOLD-400/C=GB/@gateway.example");
    assertThat(mailbox.localPart()).startsWith("/G=Anna");
    assertThat(Mailbox.parse(mailbox.text())).isEqualTo(mailbox);
  }

  @Test
  void takesLiteralsAndOtherAlphabets() {
    assertThat(Mailbox.parse("a@[192.0.2.1]").domain()).isEqualTo("[192.0.2.1]");
    assertThat(Mailbox.parse("jürgen@bücher.example").international()).isTrue();
    assertThat(Mailbox.parse("a@b.example").international()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@b",
        "a@",
        "a b@c.example",
        "a..b@c.example",
        ".a@c.example",
        "a.@c.example",
        "\"a@c.example",
        "a@-b.example",
        "a@b..example",
        "a@b\r\n.example",
        "\"a\r\nb\"@c.example",
        "a@b example",
        "\"a\"b\"@c.example",
        "a@[::1"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Mailbox.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsForeignTextWithoutItsControlCharacters() {
    assertThatThrownBy(() -> Mailbox.parse("\u001b[2J"))
        .hasMessageContaining("\\u001B")
        .hasMessageNotContaining("\u001b");
  }
}
