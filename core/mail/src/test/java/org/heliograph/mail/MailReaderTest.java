package org.heliograph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.heliograph.model.Content;
import org.junit.jupiter.api.Test;

/** RFC 5322 and RFC 2046: a message becomes a map of its octets. */
class MailReaderTest {
  private static final String MIXED =
      """
      From: a@b.example
      MIME-Version: 1.0
      Content-Type: multipart/mixed;
       boundary="outer"

      preamble
      --outer

      plain
      text
      --outer
      Content-Type: multipart/alternative; boundary=inner

      --inner
      Content-Type: text/html

      <p>
      --inner--
      epilogue of the inner one
      --outer
      Content-Type: application/octet-stream
      Content-Transfer-Encoding: base64
      Content-Disposition: attachment; filename="a b.bin"

      AAECAwQ=
      --outer--
      epilogue
      """;

  @Test
  void partsAreRangesOfTheContent() throws Exception {
    Content content = Stored.content(MIXED);
    Entity message = MailReader.read(content, MailLimits.DEFAULT);
    assertThat(message.isMultipart()).isTrue();
    assertThat(message.parts()).hasSize(3);
    assertThat(Stored.range(content, message.parts().get(0).body())).isEqualTo("plain\r\ntext");
    Entity alternative = message.parts().get(1);
    assertThat(alternative.parts()).hasSize(1);
    assertThat(Stored.range(content, alternative.parts().getFirst().body())).isEqualTo("<p>");
    Entity file = message.parts().get(2);
    assertThat(file.filename()).contains("a b.bin");
    assertThat(file.decoded(content).readAllBytes()).containsExactly(0, 1, 2, 3, 4);
    assertThat(Stored.range(content, file.whole())).startsWith("Content-Type: app").endsWith("Q=");
    assertThat(message.body().end()).isEqualTo(content.length());
  }

  @Test
  void bareLineFeedsReadTheSame() throws Exception {
    Content content = Stored.content(MIXED.getBytes(StandardCharsets.UTF_8));
    Entity message = MailReader.read(content, MailLimits.DEFAULT);
    assertThat(message.parts()).hasSize(3);
    assertThat(Stored.range(content, message.parts().get(0).body())).isEqualTo("plain\ntext");
  }

  @Test
  void headerFieldsKeepOrderAndOctets() throws Exception {
    Content content =
        Stored.content(
            "X-B: 1\nX-a:  two \n\tlines\nX-B: 2\nno field\nSubject: =?utf-8?q?=C3=A9?=\n\nx");
    Header header = MailReader.read(content, MailLimits.DEFAULT).header();
    assertThat(header.fields())
        .extracting(HeaderField::name)
        .containsExactly("X-B", "X-a", "X-B", "", "Subject");
    assertThat(header.first("x-a").orElseThrow().octets().text())
        .isEqualTo("X-a:  two \r\n\tlines\r\n");
    assertThat(header.body("X-A")).contains("two \tlines");
    assertThat(header.all("x-b")).hasSize(2);
    assertThat(header.first("subject").orElseThrow().text()).isEqualTo("é");
  }

  @Test
  void aMessageInAMessageIsLookedInto() throws Exception {
    Content content =
        Stored.content(
            "Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: inner\n\nhello\n--d--\n");
    Entity message = MailReader.read(content, MailLimits.DEFAULT);
    Entity inner = message.parts().getFirst().message().orElseThrow();
    assertThat(inner.header().body("Subject")).contains("inner");
    assertThat(Stored.range(content, inner.body())).isEqualTo("hello");
  }

  @Test
  void whatDoesNotEndEndsWithWhatIsAroundIt() throws Exception {
    Content content =
        Stored.content(
            """
            Content-Type: multipart/mixed; boundary=o

            --o
            Content-Type: multipart/mixed; boundary=i

            --i

            one
            --o

            two
            """);
    Entity message = MailReader.read(content, MailLimits.DEFAULT);
    assertThat(message.parts()).hasSize(2);
    assertThat(message.parts().get(0).parts()).hasSize(1);
    assertThat(Stored.range(content, message.parts().get(0).parts().getFirst().body()))
        .isEqualTo("one");
    assertThat(Stored.range(content, message.parts().get(1).body())).isEqualTo("two\r\n");
  }

  @Test
  void nestingBeyondTheLimitStaysOpaque() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      text.append(i).append('\n');
    }
    Entity entity = MailReader.read(Stored.content(text.toString()), MailLimits.DEFAULT);
    int depth = 0;
    while (!entity.parts().isEmpty()) {
      entity = entity.parts().getFirst();
      depth++;
    }
    assertThat(depth).isEqualTo(MailLimits.DEFAULT.depth());
    assertThat(entity.body().length()).isPositive();
  }

  @Test
  void partsBeyondTheLimitBecomeOne() throws Exception {
    StringBuilder text = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 5000; i++) {
      text.append("--b\n\n").append(i).append('\n');
    }
    Content content = Stored.content(text.append("--b--\n").toString());
    Entity message = MailReader.read(content, new MailLimits(1000, 10, 5));
    assertThat(message.parts()).hasSizeLessThanOrEqualTo(10);
    assertThat(Stored.range(content, message.parts().getLast().body())).contains("4999");
  }

  @Test
  void aHeaderBeyondTheLimitIsRefusedWithItsOffset() {
    String text = "Subject: x\n".repeat(500) + "\nbody";
    assertThatThrownBy(() -> MailReader.read(Stored.content(text), new MailLimits(1000, 10, 5)))
        .isInstanceOf(MailSyntaxException.class)
        .hasMessageContaining("1000 octets");
    String endless = "X: " + "y".repeat(100_000);
    assertThatThrownBy(() -> MailReader.read(Stored.content(endless), new MailLimits(1000, 10, 5)))
        .isInstanceOf(MailSyntaxException.class);
  }

  @Test
  void everyTruncationReads() throws Exception {
    byte[] whole = MIXED.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= whole.length; i++) {
      Entity message =
          MailReader.read(Stored.content(java.util.Arrays.copyOf(whole, i)), MailLimits.DEFAULT);
      assertThat(message.body().end()).as("cut at %d", i).isEqualTo(i);
    }
  }

  @Test
  void mutationsNeverEscape() throws Exception {
    byte[] whole = MIXED.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20_261_124);
    for (int i = 0; i < 5000; i++) {
      byte[] changed = whole.clone();
      for (int k = 0; k < 4; k++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Content content = Stored.content(changed);
      check(MailReader.read(content, MailLimits.DEFAULT), content);
    }
  }

  private static void check(Entity entity, Content content) throws Exception {
    assertThat(entity.body().end()).isLessThanOrEqualTo(content.length());
    entity.decoded(content).readAllBytes();
    entity.filename();
    for (Entity part : entity.parts()) {
      assertThat(part.head().start()).isGreaterThanOrEqualTo(entity.body().start());
      assertThat(part.body().end()).isLessThanOrEqualTo(entity.body().end());
      check(part, content);
    }
  }

  @Test
  void badBase64GivesWhatIsWhole() throws Exception {
    Content content =
        Stored.content("Content-Transfer-Encoding: base64\n\n!!AAEC*Aw\nQ\n= =garbage");
    Entity message = MailReader.read(content, MailLimits.DEFAULT);
    assertThat(message.decoded(content).readAllBytes()).startsWith(0, 1, 2);
  }
}
