package org.heliograph.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.model.Handling.BodyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a message, and where it ends. */
class MessageDataTest {
  private Running running;

  @BeforeEach
  void start() throws Exception {
    running = new Running(s -> s.withLimits(small()), SmtpPolicy.closed());
  }

  private static SmtpLimits small() {
    return SmtpLimits.DEFAULT.withMessageOctets(100_000);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Dialogue atData() throws Exception {
    return atData(running.greeted());
  }

  private static Dialogue atData(Dialogue d) throws Exception {
    return d.exchange("MAIL FROM:<a@b.example>", "250 ")
        .exchange("RCPT TO:<c@d.example>", "250 ")
        .exchange("DATA", "354 ");
  }

  /** Ends that some servers take, each with a second message behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\r\r.\r\r",
        "\r\n.\r\r\n",
        "\n\n.\r\n",
        "\n.\r",
        "\r\n\0.\r\n",
        "\r\0\n.\r\n"
      })
  void takesNoOtherEndForTheEnd(String end) throws Exception {
    try (Dialogue d = atData()) {
      d.octets("Subject: one\r\n\r\ntext" + end);
      d.octets("MAIL FROM:<admin@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: two\r\n");
      d.octets("\r\n.\r\n");
      String code = end.contains("\0") && !end.contains("\r\0") ? "554 5.6.0" : "550 5.6.11";
      d.expect(code);
      d.exchange("NOOP", "250 2.0.0 nothing");
      atData(d).octets("whole\r\n.\r\n").expect("250 2.0.0");
    }
    assertThat(running.content()).isEqualTo("whole\r\n");
  }

  @Test
  void takesDotsForWhatTheyAre() throws Exception {
    try (Dialogue d = atData()) {
      d.octets("..\r\n...\r\n. \r\n.x\r\na.\r\n.\r\n").expect("250 ");
    }
    assertThat(running.content()).isEqualTo(".\r\n..\r\n \r\nx\r\na.\r\n");
  }

  @Test
  void findsTheSameMessageHoweverItIsCut() {
    String wire = "Subject: x\r\n\r\n..a\r\nb.\r\n\r\n.c\r\n.\r\nNOOP\r\n";
    String message = "Subject: x\r\n\r\n.a\r\nb.\r\n\r\nc\r\n";
    byte[] octets = wire.getBytes(ISO_8859_1);
    for (int first = 0; first <= octets.length; first++) {
      for (int second = first; second <= octets.length; second++) {
        DotUnstuffing dots = new DotUnstuffing();
        StringBuilder found = new StringBuilder();
        boolean ended = false;
        int left = 0;
        int[] cuts = {0, first, second, octets.length};
        for (int i = 0; i < 3; i++) {
          ByteBuffer part = ByteBuffer.wrap(octets, cuts[i], cuts[i + 1] - cuts[i]);
          if (!ended) {
            ended =
                dots.take(part, (from, at, n) -> found.append(new String(from, at, n, ISO_8859_1)));
          }
          left += part.remaining();
        }
        assertThat(ended).isTrue();
        assertThat(left).isEqualTo("NOOP\r\n".length());
        assertThat(found).hasToString(message);
      }
    }
  }

  @Test
  void refusesWhatIsTooLargeAndGoesOn() throws Exception {
    try (Dialogue d = atData()) {
      d.octets("x".repeat(998) + "\r\n");
      for (int i = 0; i < 100; i++) {
        d.octets("x".repeat(998) + "\r\n");
      }
      d.octets(".\r\n").expect("552 5.3.4");
      atData(d).octets("x".repeat(20_000) + "\r\n.\r\n").expect("554 5.6.0 a line");
      atData(d).octets("fine\r\n.\r\n").expect("250 ");
    }
    assertThat(running.content()).isEqualTo("fine\r\n");
  }

  @Test
  void doesNotListenForEverToWhatIsTooLarge() throws Exception {
    try (Dialogue d = atData()) {
      for (int i = 0; i < 250; i++) {
        d.octets("x".repeat(998) + "\r\n");
      }
      d.expect("552 5.3.4").expectEnd();
    } catch (java.io.IOException reset) {
      // the end may come while we still send
    }
    assertThat(running.store.accepted()).isEmpty();
  }

  @Test
  void refusesAHeaderWithoutEnd() throws Exception {
    running.close();
    running = Running.plain();
    try (Dialogue d = atData()) {
      StringBuilder header = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        header.append("X-").append(i).append(": ").append("y".repeat(980)).append("\r\n");
      }
      d.octets(header + "\r\ntext\r\n.\r\n").expect("552 5.3.4 a header");
    }
    assertThat(running.store.accepted()).isEmpty();
  }

  @Test
  void countsHops() throws Exception {
    String hop = "Received: from a by b; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
    try (Dialogue d = atData()) {
      d.octets(hop.repeat(101) + "\r\n.\r\n").expect("554 5.4.6");
      atData(d).octets(hop.repeat(100) + "\r\n" + hop.repeat(50) + ".\r\n").expect("250 ");
    }
  }

  @Test
  void knowsEightBitContentWhetherItWasAnnouncedOrNot() throws Exception {
    try (Dialogue d = atData()) {
      d.octets("\r\ngr\u00fc\u00dfe\r\n.\r\n").expect("250 ");
      d.exchange("MAIL FROM:<a@b.example> BODY=8BITMIME", "250 ");
      d.exchange("RCPT TO:<c@d.example>", "250 ").exchange("DATA", "354 ");
      d.octets("\r\nascii\r\n.\r\n").expect("250 ");
      atData(d).octets("\r\nascii\r\n.\r\n").expect("250 ");
    }
    assertThat(running.store.accepted())
        .extracting(a -> a.draft().envelope().handling().bodyType())
        .containsExactly(BodyType.EIGHT_BIT_MIME, BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT);
  }

  @Test
  void acceptsNothingOfAClientThatLeaves() throws Exception {
    String all = "Subject: x\r\n\r\ntext\r\n.\r";
    for (int length = 0; length <= all.length(); length++) {
      try (Dialogue d = atData()) {
        d.octets(all.substring(0, length)).end().expectEnd();
      }
    }
    assertThat(running.store.accepted()).isEmpty();
  }

  @Test
  void staysUpUnderGarbage() throws Exception {
    long seed = 20261125;
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "EHLO a.example\r\n",
            "MAIL FROM:<a@b.example>",
            "RCPT TO:<c@d.example>",
            "DATA\r\n",
            "\r\n",
            "\r\n.\r\n",
            "\n",
            "\r",
            ".",
            "<",
            ">",
            "@",
            "\"",
            "RSET\r\n",
            " NOTIFY=",
            " SIZE=",
            "NEVER",
            "+4",
            "\0",
            "\u00ff",
            "HELO x\r\n",
            "Subject: x\r\n\r\n",
            "QUIT");
    for (int round = 0; round < 300; round++) {
      StringBuilder garbage = new StringBuilder();
      if (random.nextBoolean()) {
        int n = random.nextInt(60);
        for (int i = 0; i < n; i++) {
          garbage.append(words.get(random.nextInt(words.size())));
        }
      } else {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        garbage.append(new String(noise, ISO_8859_1));
      }
      try (Dialogue d = new Dialogue(running.address())) {
        d.expect("220 ");
        List<String> cut = new ArrayList<>(List.of(garbage.toString()));
        if (garbage.length() > 2) {
          int at = random.nextInt(garbage.length());
          cut = List.of(garbage.substring(0, at), garbage.substring(at));
        }
        for (String part : cut) {
          d.octets(part);
        }
        d.end();
      } catch (java.io.IOException ended) {
        // that is the server's good right
      }
    }
    try (Dialogue d = atData()) {
      d.octets("sound\r\n.\r\n").expect("250 ");
    }
    assertThat(
            Running.withoutTrace(
                new String(
                    running.store.octets(running.store.accepted().getLast().draft().content()),
                    ISO_8859_1)))
        .as("seed %d", seed)
        .isEqualTo("sound\r\n");
  }
}
