package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Submission.Answer;
import org.heliograph.wire.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDialogueTest {
  private Running running;

  @BeforeEach
  void start() throws Exception {
    running = Running.plain();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Running with(java.util.function.UnaryOperator<SmtpLimits> limits) throws Exception {
    running.close();
    running = new Running(s -> s.withLimits(limits.apply(SmtpLimits.DEFAULT)), SmtpPolicy.closed());
    return running;
  }

  @Test
  void takesAMessageAndSaysUnderWhichNumber() throws Exception {
    try (Dialogue d = new Dialogue(running.address())) {
      d.expect("220 switch.example ESMTP");
      d.say("EHLO client.example");
      assertThat(d.reply())
          .containsExactly(
              "250-switch.example",
              "250-PIPELINING",
              "250-SIZE 104857600",
              "250-8BITMIME",
              "250-ENHANCEDSTATUSCODES",
              "250-DSN",
              "250-MT-PRIORITY STANAG4406",
              "250 HELP");
      d.exchange("MAIL FROM:<anna@client.example>", "250 2.1.0 ");
      d.exchange("RCPT TO:<Bob@Else.Example>", "250 2.1.5 ");
      d.exchange("DATA", "354 ");
      d.octets("Subject: hello\r\n\r\n..dot\r\ntext\r\n.\r\n");
      d.expect("250 2.0.0 accepted as M1");
      d.exchange("QUIT", "221 2.0.0 ").expectEnd();
    }
    assertThat(running.content()).isEqualTo("Subject: hello\r\n\r\n.dot\r\ntext\r\n");
    assertThat(running.whole())
        .matches(
            String.join(
                "\r\n",
                "(?s)Received: from client.example \\(\\[127.0.0.1\\]\\)",
                "\tby switch.example \\(Heliograph\\) with ESMTP id [0-9a-z]+",
                "\tfor <Bob@else.example>;",
                "\t[A-Z][a-z]{2}, [0-9]+ [A-Z][a-z]{2} 20[0-9: ]+ [+-][0-9]{4}",
                "Subject.*"));
    assertThat(running.envelope().originator()).contains(Mailbox.parse("anna@client.example"));
    assertThat(running.envelope().recipients())
        .extracting(r -> r.address().display())
        .containsExactly("Bob@else.example");
    assertThat(running.envelope().source().greeting()).contains("client.example");
    assertThat(running.envelope().source().remote()).startsWith("127.0.0.1:");
    assertThat(running.only().keys()).isEmpty();
  }

  @Test
  void speaksOldSmtpToo() throws Exception {
    try (Dialogue d = new Dialogue(running.address())) {
      d.expect("220 ").exchange("HELO [192.0.2.1]", "250 switch.example");
      d.exchange("MAIL FROM:<>", "250 ").exchange("RCPT TO:<b@c.example>", "250 ");
      d.exchange("DATA", "354 ").exchange(".", "250 ");
    }
    assertThat(running.whole()).contains("from [192.0.2.1] ([127.0.0.1])", " with SMTP id ");
    assertThat(running.content()).isEmpty();
    assertThat(running.envelope().originator()).isEmpty();
  }

  @Test
  void givesMailForThePostmasterToWhomTheConfigurationNames() throws Exception {
    running.close();
    running =
        new Running(s -> s.withPostmaster(Mailbox.parse("watch@hq.example")), SmtpPolicy.closed());
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<postmaster>", "250 ");
      d.exchange("DATA", "354 ").exchange(".", "250 ");
    }
    assertThat(running.envelope().recipients())
        .extracting(r -> r.address().display())
        .containsExactly("watch@hq.example");
  }

  @Test
  void answersAGroupOfCommandsInOrder() throws Exception {
    try (Dialogue d = running.greeted()) {
      d.say("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<broken");
      d.say("RCPT TO:<e@f.example>\r\nDATA");
      d.expect("250 2.1.0").expect("250 2.1.5").expect("501 5.5.4").expect("250 2.1.5");
      d.expect("354 ").octets("x\r\n.\r\nMAIL FROM:<g@h.example>\r\nRSET\r\nNOOP\r\nQUIT\r\n");
      d.expect("250 2.0.0 acc").expect("250 2.1.0").expect("250 2.0.0").expect("250 2.0.0");
      d.expect("221 ").expectEnd();
    }
    assertThat(running.envelope().recipients()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FOO | 500 5.5.1",
        "'' | 500 5.5.1",
        "EXPN list | 502 5.5.1",
        "AUTH PLAIN AGEAYg== | 502 5.5.1",
        "BDAT 5 LAST | 502 5.5.1",
        "STARTTLS | 502 5.5.1",
        "RCPT TO:<a@b.example> | 503 5.5.1",
        "DATA | 503 5.5.1",
        "DATA now | 501 5.5.4",
        "QUIT now | 501 5.5.4",
        "RSET all | 501 5.5.4",
        "EHLO | 501 5.5.4",
        "EHLO a b | 501 5.5.4",
        "EHLO <script> | 501 5.5.4",
        "VRFY | 501 5.5.4",
        "VRFY anna | 252 2.5.0",
        "NOOP whatever | 250 2.0.0",
        "noop | 250 2.0.0",
        "HELP | 214 2.0.0",
        "MAIL | 501 5.5.4",
        "MAIL FROM: | 501 5.5.4",
        "MAIL FROM:a@b.example | 501 5.5.4",
        "MAIL TO:<a@b.example> | 501 5.5.4",
        "MAIL FROM:<a@b.example | 501 5.5.4",
        "MAIL FROM:<a@b.example>SIZE=1 | 501 5.5.4",
        "MAIL FROM:<a b@c.example> | 553 5.1.7",
        "MAIL FROM:<a> | 553 5.1.7",
        "MAIL FROM:<ä@b.example> | 553 5.6.7",
        "MAIL FROM:<a@b.example> SMTPUTF8 | 555 5.5.4",
        "MAIL FROM:<a@b.example> FOO=1 | 555 5.5.4",
        "MAIL FROM:<a@b.example> SIZE=x | 501 5.5.4",
        "MAIL FROM:<a@b.example> SIZE=1 SIZE=1 | 501 5.5.4",
        "MAIL FROM:<a@b.example> SIZE= | 501 5.5.4",
        "MAIL FROM:<a@b.example> SIZE=104857601 | 552 5.3.4",
        "MAIL FROM:<a@b.example> SIZE=999999999999999999 | 552 5.3.4",
        "MAIL FROM:<a@b.example> BODY=BINARYMIME | 501 5.5.4",
        "MAIL FROM:<a@b.example> RET=SOME | 501 5.5.4",
        "MAIL FROM:<a@b.example> ENVID=a=b | 501 5.5.4",
        "MAIL FROM:<a@b.example> ENVID=+0D+0A | 501 5.5.4",
        "MAIL FROM:<a@b.example> ENVID=+4 | 501 5.5.4",
        "MAIL FROM:<a@b.example> MT-PRIORITY=10 | 501 5.5.4",
        "mail from: <a@b.example> body=8bitmime | 250 2.1.0",
        "MAIL FROM:<@relay.example,@other.example:a@b.example> | 250 2.1.0",
        "MAIL FROM:<\"a> b\"@c.example> | 250 2.1.0",
      })
  void answers(String command, String reply) throws Exception {
    try (Dialogue d = running.greeted()) {
      d.exchange(command, reply);
      d.exchange("NOOP", "250 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT TO:<> | 501 5.1.3",
        "RCPT TO:<c> | 553 5.1.3",
        "RCPT FROM:<c@d.example> | 501 5.5.4",
        "RCPT TO:<c@d.example> NOTIFY=NEVER,SUCCESS | 501 5.5.4",
        "RCPT TO:<c@d.example> NOTIFY=SUCCESS,SUCCESS | 501 5.5.4",
        "RCPT TO:<c@d.example> NOTIFY=SOMETIMES | 501 5.5.4",
        "RCPT TO:<c@d.example> ORCPT=c@d.example | 501 5.5.4",
        "RCPT TO:<c@d.example> ORCPT=rfc822; | 501 5.5.4",
        "RCPT TO:<c@d.example> ORCPT=rfc822;c+ZZ | 501 5.5.4",
        "RCPT TO:<c@d.example> RET=FULL | 555 5.5.4",
        "MAIL FROM:<x@y.example> | 503 5.5.1",
        "RCPT TO:<Postmaster> | 250 2.1.5",
        "RCPT TO:<@relay.example:c@d.example> | 250 2.1.5",
      })
  void answersBehindMail(String command, String reply) throws Exception {
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ");
      d.exchange(command, reply);
      d.exchange("NOOP", "250 ");
    }
  }

  @Test
  void wantsToBeGreetedFirst() throws Exception {
    try (Dialogue d = new Dialogue(running.address())) {
      d.expect("220 ").exchange("MAIL FROM:<a@b.example>", "503 5.5.1");
    }
  }

  @Test
  void forgetsATransactionAtRsetAndAtEhlo() throws Exception {
    try (Dialogue d = running.greeted()) {
      for (String word : List.of("RSET", "EHLO again.example")) {
        d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
        d.exchange(word, "250 ").exchange("DATA", "503 5.5.1");
      }
    }
    assertThat(running.store.accepted()).isEmpty();
  }

  @Test
  void endsWhereCommandsAreSentAheadOfAReplyThatDecides() throws Exception {
    for (String ahead :
        List.of(
            "EHLO a.example\r\nMAIL FROM:<a@b.example>\r\n",
            "EHLO a.example\r\nGET / HTTP/1.1\r\n")) {
      try (Dialogue d = new Dialogue(running.address())) {
        d.expect("220 ").octets(ahead).expect("554 5.5.0").expectEnd();
      }
    }
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      d.octets("DATA\r\nSubject: x\r\n\r\n.\r\n").expect("554 5.5.0").expectEnd();
    }
    assertThat(running.store.accepted()).isEmpty();
  }

  @Test
  void boundsCommands() throws Exception {
    try (Dialogue d = running.greeted()) {
      d.exchange("NOOP " + "x".repeat(4089), "250 ");
      d.exchange("NOOP " + "x".repeat(4090), "500 5.5.2");
      d.exchange("NOOP " + "x".repeat(200_000), "500 5.5.2");
      d.exchange("x".repeat(2_000_000) + "NOOP", "500 5.5.2");
      d.octets("NOOP\n").expect("500 5.5.2 commands end in CRLF");
      d.octets("NO\rOP\r\n").expect("500 5.5.2");
      d.octets("NOOP \0\r\n").expect("500 5.5.2 NUL");
      d.exchange("NOOP", "250 ");
    }
  }

  @Test
  void boundsErrorsRecipientsAndCommands() throws Exception {
    try (Dialogue d = running.greeted()) {
      for (int i = 1; i < 20; i++) {
        d.exchange("FOO", "500 ");
      }
      d.exchange("FOO", "500 ").expect("421 4.7.0").expectEnd();
    }
    with(limits -> limits.withRecipients(2));
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ");
      d.exchange("RCPT TO:<c@d.example>", "250 ").exchange("RCPT TO:<d@d.example>", "250 ");
      d.exchange("RCPT TO:<e@d.example>", "452 4.5.3");
    }
  }

  @Test
  void endsASilentConnection() throws Exception {
    with(limits -> limits.withIdle(Duration.ofMillis(300)));
    try (Dialogue d = running.greeted()) {
      d.expect("421 4.4.2").expectEnd();
    }
  }

  @Test
  void saysGoodbyeWhenTheSwitchStops() throws Exception {
    try (Dialogue d = running.greeted();
        Dialogue busy = running.greeted()) {
      busy.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      busy.exchange("DATA", "354 ");
      Thread stopping = Thread.ofVirtual().start(running.server::close);
      d.expect("421 4.3.2").expectEnd();
      busy.octets("x\r\n.\r\n").expect("250 2.0.0 accepted").expect("421 4.3.2").expectEnd();
      stopping.join();
    }
    assertThat(running.store.accepted()).hasSize(1);
  }

  @Test
  void relaysOnlyForItsNetworks() throws Exception {
    running.close();
    running =
        new Running(
            s -> s.withRelayFrom(List.of(Network.parse("192.0.2.0/24"))),
            SmtpPolicy.closed().withAcceptFor(domain -> domain.equals("ours.example")));
    running.store.routing(
        (address, family) ->
            switch (address.display()) {
              case "nobody@ours.example" -> Answer.NO;
              case "later@ours.example" -> Answer.CANNOT_TELL_NOW;
              default -> Answer.YES;
            });
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example> MT-PRIORITY=6", "250 2.3.6");
      d.exchange("RCPT TO:<c@elsewhere.example>", "550 5.7.1");
      d.exchange("RCPT TO:<\"c@elsewhere.example\"@elsewhere.example>", "550 5.7.1");
      d.exchange("RCPT TO:<@ours.example:c@elsewhere.example>", "550 5.7.1");
      d.exchange("RCPT TO:<nobody@ours.example>", "550 5.1.1");
      d.exchange("DATA", "554 5.5.1");
      d.exchange("RCPT TO:<c@OURS.example>", "250 ");
      d.exchange("RCPT TO:<later@ours.example>", "250 ");
      d.exchange("DATA", "354 ");
      d.octets("MMHS-Primary-Precedence: flash\r\n\r\n.\r\n").expect("250 ");
    }
    assertThat(running.envelope().precedence().name()).isEqualTo("ROUTINE");
  }

  @Test
  void refusesWhatHasNoRoute() throws Exception {
    running.store.routing((address, family) -> Answer.NO);
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ");
      d.exchange("RCPT TO:<c@nowhere.example>", "550 5.1.2 <c@nowhere.example>: no route");
    }
  }

  @Test
  void takesNothingWhileTheStoreFails() throws Exception {
    try (Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      running.store.fail(true);
      d.exchange("DATA", "451 4.3.0").exchange("RSET", "250 ");
      d.exchange("MAIL FROM:<a@b.example>", "452 4.3.1");
      try (Dialogue other = new Dialogue(running.address())) {
        other.expect("421 4.3.2").expectEnd();
      }
      running.store.fail(false);
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      d.exchange("DATA", "354 ").octets("Subject: x\r\n\r\nhalf");
      running.store.fail(true);
      d.octets("\r\n.\r\n").expect("45");
      running.store.fail(false);
      d.exchange("MAIL FROM:<a@b.example>", "250 ").exchange("RCPT TO:<c@d.example>", "250 ");
      d.exchange("DATA", "354 ").octets("x\r\n.\r\n").expect("250 ");
    }
    assertThat(running.content()).isEqualTo("x\r\n");
  }
}
