package org.heliograph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void octetsAreCopiedInAndOut() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.ofHex("010203")).hasToString("010203");
    assertThat(Bytes.of(new byte[] {0, 1, 2, 3}, 1, 3)).isEqualTo(bytes).hasSameHashCodeAs(bytes);
  }

  @Test
  void messageNumbersReadBackWhatTheyWrote() {
    MessageId id = new MessageId(1234567890123L);
    assertThat(MessageId.parse(id.toString())).isEqualTo(id);
    assertThatThrownBy(() -> MessageId.parse("M!")).hasMessageContaining("not a message number");
  }

  @Test
  void objectIdentifiersAreChecked() {
    assertThat(Oid.of("1.3.26.0.4406.0.4.1")).hasToString("1.3.26.0.4406.0.4.1");
    for (String wrong : List.of("", "1", "3.1", "1.", "1.02", "1.a", "1..2")) {
      assertThatThrownBy(() -> Oid.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void contentTypesReadBackAndKnowTheirFamily() {
    for (ContentType type :
        List.of(
            ContentTypes.P2,
            ContentTypes.P22,
            ContentTypes.P772,
            ContentTypes.CONTENT_INFO,
            ContentTypes.MAIL)) {
      assertThat(ContentType.parse(type.toString())).isEqualTo(type);
    }
    assertThat(ContentTypes.P772.family()).isEqualTo(ContentFamily.X400);
    assertThat(ContentTypes.ID_DATA.family()).isEqualTo(ContentFamily.CMS);
    assertThat(ContentTypes.MAIL.family()).isEqualTo(ContentFamily.MAIL);
  }

  @Test
  void precedencesRankAndMap() {
    assertThat(Precedence.FLASH.above(Precedence.ROUTINE)).isTrue();
    assertThat(Precedence.ROUTINE.above(Precedence.ROUTINE)).isFalse();
    for (Precedence p : Precedence.values()) {
      assertThat(Precedence.ofMmhs(p.mmhs())).isEqualTo(p);
    }
    assertThat(Precedence.ofMmhs(17)).isEqualTo(Precedence.OVERRIDE);
    assertThatThrownBy(() -> Precedence.ofMmhs(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsAreBoundedAndReadable() {
    Label label =
        new Label(
            Optional.of(Oid.of("1.3.26.1.3.1")),
            OptionalInt.of(4),
            Optional.of("EXERCISE"),
            List.of());
    assertThat(label.display()).isEqualTo("secret 'EXERCISE' under 1.3.26.1.3.1");
    assertThatThrownBy(
            () -> new Label(Optional.empty(), OptionalInt.of(257), Optional.empty(), List.of()))
        .hasMessageContaining("0 to 256");
  }

  @Test
  void envelopesRefuseTwoRecipientsWithOneNumber() {
    EnvelopeBuilder builder =
        Envelope.message(ContentTypes.MAIL, Instant.EPOCH, Source.internal(new ChannelName("test")))
            .recipient(Recipient.of(1, Mailbox.parse("a@b.example")))
            .recipient(Recipient.of(1, Mailbox.parse("c@d.example")));
    assertThatThrownBy(builder::build).hasMessageContaining("one number");
  }

  @Test
  void buildersStartFromAnEnvelopeWithoutTouchingIt() {
    Envelope first =
        Envelope.message(ContentTypes.MAIL, Instant.EPOCH, Source.internal(new ChannelName("test")))
            .originator(Mailbox.parse("a@b.example"))
            .recipient(Recipient.of(1, Mailbox.parse("c@d.example")))
            .build();
    Envelope second =
        first
            .change()
            .precedence(Precedence.FLASH)
            .recipient(Recipient.of(2, Mailbox.parse("e@f.example")))
            .build();
    assertThat(first.recipients()).hasSize(1);
    assertThat(second.recipients()).hasSize(2);
    assertThat(second.originator()).isEqualTo(first.originator());
    assertThat(first.change().build()).isEqualTo(first);
  }

  @Test
  void codesAreChecked() {
    assertThat(new SmtpCode(550, "5.1.1").permanent()).isTrue();
    assertThatThrownBy(() -> new SmtpCode(650, "5.1.1")).hasMessageContaining("650");
    assertThatThrownBy(() -> new SmtpCode(550, "3.1.1")).hasMessageContaining("3.1.1");
  }
}
