package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure.Cause;
import org.heliograph.model.Handling;
import org.heliograph.model.Handling.BodyType;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.Identification;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Outcome;
import org.heliograph.model.Outcome.Deferred;
import org.heliograph.model.Outcome.Done;
import org.heliograph.model.Outcome.DoneKind;
import org.heliograph.model.Outcome.Failed;
import org.heliograph.model.Outcome.Scope;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Signal;
import org.heliograph.smtp.SmtpPeerSettings.EightBit;
import org.heliograph.smtp.SmtpPeerSettings.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The client against a server that does what the test says. */
class ClientDialogueTest {
  private static final RecipientId ONE = new RecipientId(1);
  private static final RecipientId TWO = new RecipientId(2);
  private static final RecipientId THREE = new RecipientId(3);

  private static Deferred deferred(@Nullable Outcome outcome) {
    assertThat(outcome).isInstanceOf(Deferred.class);
    return (Deferred) Objects.requireNonNull(outcome);
  }

  private static Failed failed(@Nullable Outcome outcome) {
    assertThat(outcome).isInstanceOf(Failed.class);
    return (Failed) Objects.requireNonNull(outcome);
  }

  private static Done done(@Nullable Outcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return (Done) Objects.requireNonNull(outcome);
  }

  @Test
  void sendsAMessageStepByStepWhereNothingIsOffered() throws Exception {
    List<String> messages = new ArrayList<>();
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet().on("MAIL FROM:<a@b.example>", "250 ok");
                  peer.on("RCPT TO:<c@d.example>", "250 ok").on("DATA", "354 go");
                  messages.add(peer.message());
                  peer.say("250 queued as 17").on("QUIT", "221 bye");
                });
        Sending sending = Sending.to(server.port())) {
      Outcome outcome = sending.send(Sending.to("c@d.example"), ".dot\r\n..\r\nend").get(ONE);
      assertThat(done(outcome).kind()).isEqualTo(DoneKind.RELAYED);
      assertThat(done(outcome).reply()).contains("250 queued as 17");
      assertThat(done(outcome).remote()).contains("localhost");
      sending.outbound.close();
      server.played();
    }
    assertThat(messages).containsExactly("..dot\r\n...\r\nend\r\n");
  }

  @Test
  void sendsAGroupWherePipeliningIsOfferedAndSettlesEachRecipient() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet("PIPELINING", "ENHANCEDSTATUSCODES", "DSN", "SIZE 1000");
                  // nothing is answered before the whole group is here
                  peer.on("MAIL FROM:<a@b.example> SIZE=3").on("RCPT TO:<one@d.example>");
                  peer.on("RCPT TO:<two@d.example>").on("RCPT TO:<three@d.example>").on("DATA");
                  peer.say("250 2.1.0 ok", "250 2.1.5 ok", "550 5.1.1 unknown");
                  peer.say("450-4.2.1 come", "450 4.2.1 again", "354 go");
                  assertThat(peer.message()).isEqualTo("x\r\n");
                  peer.say("250 2.0.0 fine");
                });
        Sending sending = Sending.to(server.port())) {
      Map<RecipientId, Outcome> outcomes =
          sending.send(Sending.to("one@d.example", "two@d.example", "three@d.example"), "x\r\n");
      assertThat(done(outcomes.get(ONE)).kind()).isEqualTo(DoneKind.TRANSFERRED);
      Failed two = failed(outcomes.get(TWO));
      assertThat(two.failure().cause()).isEqualTo(Cause.UNKNOWN_RECIPIENT);
      assertThat(two.failure().smtp().orElseThrow()).hasToString("550 5.1.1");
      assertThat(two.failure().remote()).contains("550 5.1.1 unknown");
      Deferred three = deferred(outcomes.get(THREE));
      assertThat(three.scope()).isEqualTo(Scope.MESSAGE);
      assertThat(three.mayHaveArrived()).isFalse();
      assertThat(three.failure().smtp().orElseThrow()).hasToString("450 4.2.1");
      assertThat(three.failure().remote()).contains("450 4.2.1 come 4.2.1 again");
      server.played();
    }
  }

  @Test
  void asksForReportsWhereDsnIsOffered() throws Exception {
    Envelope envelope =
        Sending.from("a@b.example")
            .identification(Identification.none().withEnvelopeId(Optional.of("id=1+x")))
            .handling(new Handling(Set.of(), ContentReturn.FULL, BodyType.EIGHT_BIT_MIME))
            .precedence(Precedence.FLASH)
            .recipient(
                Recipient.of(1, Mailbox.parse("c@d.example"))
                    .withReportRequest(
                        ReportRequest.of(EnumSet.of(Event.DELIVERY, Event.NON_DELIVERY)))
                    .withOriginalRecipient(
                        Optional.of(new OriginalRecipient("x400", "/S=Bob/O=H Q/"))))
            .recipient(
                Recipient.of(2, Mailbox.parse("e@f.example"))
                    .withReportRequest(ReportRequest.never()))
            .recipient(Recipient.of(3, Mailbox.parse("g@h.example")))
            .build();
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet("DSN", "8BITMIME", "SIZE", "MT-PRIORITY STANAG4406");
                  assertThat(peer.hear("250 ok"))
                      .isEqualTo(
                          "MAIL FROM:<a@b.example> SIZE=3 BODY=8BITMIME MT-PRIORITY=4 RET=FULL"
                              + " ENVID=id+3D1+2Bx");
                  assertThat(peer.hear("250 ok"))
                      .isEqualTo(
                          "RCPT TO:<c@d.example> NOTIFY=SUCCESS,FAILURE"
                              + " ORCPT=x400;/S+3DBob/O+3DH+20Q/");
                  assertThat(peer.hear("250 ok")).isEqualTo("RCPT TO:<e@f.example> NOTIFY=NEVER");
                  assertThat(peer.hear("250 ok")).isEqualTo("RCPT TO:<g@h.example>");
                  peer.on("DATA", "354 go").message();
                  peer.say("250 ok");
                });
        Sending sending = Sending.to(server.port())) {
      assertThat(sending.send(envelope, "x\r\n").values())
          .allSatisfy(o -> assertThat(done(o).kind()).isEqualTo(DoneKind.TRANSFERRED));
      server.played();
    }
  }

  @Test
  void keepsOthersFromReportingWhereDsnIsNotOffered() throws Exception {
    Envelope envelope =
        Sending.from("a@b.example")
            .identification(Identification.none().withEnvelopeId(Optional.of("id")))
            .recipient(
                Recipient.of(1, Mailbox.parse("never@d.example"))
                    .withReportRequest(ReportRequest.never()))
            .recipient(
                Recipient.of(2, Mailbox.parse("success@d.example"))
                    .withReportRequest(ReportRequest.of(EnumSet.of(Event.DELIVERY))))
            .build();
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet();
                  assertThat(peer.hear("250 ok")).isEqualTo("MAIL FROM:<a@b.example>");
                  assertThat(peer.hear("250 ok")).isEqualTo("RCPT TO:<success@d.example>");
                  peer.on("DATA", "354 go").message();
                  peer.say("250 ok");
                  assertThat(peer.hear("250 ok")).isEqualTo("MAIL FROM:<>");
                  assertThat(peer.hear("250 ok")).isEqualTo("RCPT TO:<never@d.example>");
                  peer.on("DATA", "354 go").message();
                  peer.say("250 ok");
                });
        Sending sending = Sending.to(server.port())) {
      assertThat(sending.send(envelope, "x\r\n").values())
          .allSatisfy(o -> assertThat(done(o).kind()).isEqualTo(DoneKind.RELAYED));
      server.played();
    }
  }

  @Test
  void tellsMessageFromPeer() throws Exception {
    record Case(String reply, Class<? extends Outcome> outcome, Scope scope, Cause cause) {}
    List<Case> cases =
        List.of(
            new Case("451 4.7.1 greylisted", Deferred.class, Scope.MESSAGE, Cause.POLICY),
            new Case("452 4.3.1 full", Deferred.class, Scope.PEER, Cause.REFUSED_BY_PEER),
            new Case("421 4.3.2 closing", Deferred.class, Scope.PEER, Cause.REFUSED_BY_PEER),
            new Case("550 refused", Failed.class, Scope.MESSAGE, Cause.REFUSED_BY_PEER),
            new Case("552 5.3.4 large", Failed.class, Scope.MESSAGE, Cause.TOO_LARGE),
            new Case("554 5.4.6 loop", Failed.class, Scope.MESSAGE, Cause.LOOP),
            new Case("554 5.7.1 no", Failed.class, Scope.MESSAGE, Cause.POLICY));
    for (Case c : cases) {
      try (Scripted server =
              new Scripted(
                  peer -> {
                    peer.greet("PIPELINING").on("MAIL", c.reply());
                    if (!c.reply().startsWith("421")) {
                      peer.on("RCPT", "503 no").on("DATA", "503 no").on("QUIT", "221 bye");
                    }
                  });
          Sending sending = Sending.to(server.port())) {
        Outcome outcome = sending.send(Sending.to("c@d.example"), "x\r\n").get(ONE);
        assertThat(outcome).as(c.reply()).isInstanceOf(c.outcome());
        if (outcome instanceof Deferred d) {
          assertThat(d.scope()).as(c.reply()).isEqualTo(c.scope());
          assertThat(d.failure().cause()).as(c.reply()).isEqualTo(c.cause());
        } else {
          assertThat(failed(outcome).failure().cause()).as(c.reply()).isEqualTo(c.cause());
        }
        sending.outbound.close();
        server.played();
      }
    }
  }

  @Test
  void knowsWhenAMessageMayHaveArrived() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet().on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
                  peer.message();
                  peer.hangUp();
                },
                peer -> peer.greet().on("MAIL", "250 ok").on("RCPT", "250 ok").hangUp());
        Sending sending = Sending.to(server.port())) {
      try (Link link = sending.link()) {
        Deferred lost = deferred(sending.send(link, Sending.to("c@d.example"), "x").get(ONE));
        assertThat(lost.mayHaveArrived()).isTrue();
        assertThat(lost.scope()).isEqualTo(Scope.BOTH);
        assertThat(link.usable()).isFalse();
      }
      try (Link link = sending.link()) {
        Deferred lost = deferred(sending.send(link, Sending.to("c@d.example"), "x").get(ONE));
        assertThat(lost.mayHaveArrived()).isFalse();
        assertThat(lost.scope()).isEqualTo(Scope.PEER);
      }
      server.played();
    }
  }

  @Test
  void takesWhatIsNoSmtpForNoAnswer() throws Exception {
    for (String nonsense : List.of("hello", "999 x", "25", "2x0 ok", "250-a\r\n251 b", "\0")) {
      try (Scripted server = new Scripted(peer -> peer.greet().on("MAIL", nonsense).on("<end>"));
          Sending sending = Sending.to(server.port())) {
        Deferred lost = deferred(sending.send(Sending.to("c@d.example"), "x").get(ONE));
        assertThat(lost.failure().text()).contains("not an SMTP reply");
        server.played();
      }
    }
  }

  @Test
  void usesAConnectionAgainAndMakesANewOneWhenThatHasEnded() throws Exception {
    Scripted.Script one =
        peer -> {
          peer.greet().on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go").message();
          peer.say("250 ok");
        };
    try (Scripted server =
            new Scripted(
                peer -> {
                  one.run(peer);
                  peer.on("MAIL", "250 ok").on("RCPT", "550 no").on("RSET", "250 ok");
                  peer.on("MAIL").hangUp();
                },
                one);
        Sending sending = Sending.to(server.port())) {
      assertThat(sending.send(Sending.to("c@d.example"), "x").get(ONE)).isInstanceOf(Done.class);
      assertThat(sending.send(Sending.to("c@d.example"), "x").get(ONE)).isInstanceOf(Failed.class);
      assertThat(sending.send(Sending.to("c@d.example"), "x").get(ONE)).isInstanceOf(Done.class);
      server.played();
    }
  }

  @Test
  void saysQuitToAConnectionThatNobodyNeeds() throws Exception {
    try (Scripted server = new Scripted(peer -> peer.greet().on("QUIT", "221 bye"));
        Sending sending =
            new Sending(server.port(), s -> s.withReuse(100, 10, 1, Duration.ofMillis(50)))) {
      sending.link().close();
      server.played();
    }
  }

  @Test
  void dividesManyRecipients() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet();
                  for (int transaction = 0; transaction < 3; transaction++) {
                    peer.on("MAIL", "250 ok");
                    int n = 0;
                    while (peer.hear("250 ok").startsWith("RCPT")) {
                      n++;
                      if (n == 2 || transaction == 2) {
                        break;
                      }
                    }
                    sizes.add(n);
                    peer.on("DATA", "354 go").message();
                    peer.say("250 ok");
                  }
                });
        Sending sending =
            new Sending(server.port(), s -> s.withReuse(2, 10, 1, Duration.ofSeconds(1)))) {
      Map<RecipientId, Outcome> outcomes =
          sending.send(
              Sending.to("1@d.example", "2@d.example", "3@d.example", "4@d.example", "5@d.example"),
              "x");
      assertThat(outcomes).hasSize(5).allSatisfy((id, o) -> assertThat(o).isInstanceOf(Done.class));
      server.played();
    }
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void failsBeforeSendingWhatThePeerCannotTake() throws Exception {
    try (Scripted server = new Scripted(peer -> peer.greet("SIZE 10").on("QUIT", "221 bye"));
        Sending sending = Sending.to(server.port())) {
      try (Link link = sending.link()) {
        assertThat(
                failed(sending.send(link, Sending.to("c@d.example"), "12345678901").get(ONE))
                    .failure()
                    .cause())
            .isEqualTo(Cause.TOO_LARGE);
        for (String content : List.of("a\nb", "a\rb", "\n", "a\r", "a\r\r\n")) {
          assertThat(
                  failed(sending.send(link, Sending.to("c@d.example"), content).get(ONE))
                      .failure()
                      .smtp()
                      .orElseThrow())
              .hasToString("554 5.6.11");
        }
        assertThat(
                failed(sending.send(link, Sending.to("c@d.example"), "gr\u00fcn").get(ONE))
                    .failure()
                    .smtp()
                    .orElseThrow())
            .hasToString("554 5.6.3");
        assertThat(
                failed(sending.send(link, Sending.to("\u00fc@d.example"), "x").get(ONE))
                    .failure()
                    .smtp()
                    .orElseThrow())
            .hasToString("554 5.6.7");
        assertThat(link.usable()).isTrue();
      }
      sending.outbound.close();
      server.played();
    }
  }

  @Test
  void sendsEightBitContentAllTheSameIfToldSo() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet();
                  assertThat(peer.hear("250 ok")).isEqualTo("MAIL FROM:<a@b.example>");
                  peer.on("RCPT", "250 ok").on("DATA", "354 go");
                  assertThat(peer.message()).isEqualTo("gr\u00fcn\r\n");
                  peer.say("250 ok");
                });
        Sending sending = new Sending(server.port(), s -> s.withEightBit(EightBit.SEND))) {
      assertThat(sending.send(Sending.to("c@d.example"), "gr\u00fcn").get(ONE))
          .isInstanceOf(Done.class);
      server.played();
    }
  }

  @Test
  void speaksLmtp() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.say("220 lmtp")
                      .on("LHLO me.example", "250-lmtp", "250-PIPELINING", "250 DSN");
                  peer.on("MAIL").on("RCPT").on("RCPT").on("RCPT").on("DATA");
                  peer.say("250 ok", "250 ok", "550 5.1.1 no", "250 ok", "354 go").message();
                  peer.say("250 2.1.5 delivered", "452 4.2.2 full");
                });
        Sending sending = new Sending(server.port(), s -> s.withProtocol(Protocol.LMTP))) {
      Map<RecipientId, Outcome> outcomes =
          sending.send(Sending.to("1@d.example", "2@d.example", "3@d.example"), "x");
      assertThat(done(outcomes.get(ONE)).kind()).isEqualTo(DoneKind.DELIVERED);
      assertThat(outcomes.get(TWO)).isInstanceOf(Failed.class);
      assertThat(deferred(outcomes.get(THREE)).failure().remote()).contains("452 4.2.2 full");
      server.played();
    }
  }

  @Test
  void saysHeloWhereEhloIsNotKnown() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.say("220-two lines", "220 old").on("EHLO", "500 what?");
                  peer.on("HELO me.example", "250 hi").on("QUIT", "221 bye");
                });
        Sending sending = Sending.to(server.port())) {
      sending.link().close();
      sending.outbound.close();
      server.played();
    }
  }

  @Test
  void saysWhyThereIsNoLink() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> peer.say("554 5.7.1 go away"), peer -> peer.greet("SIZE").on("<end>"));
        Sending sending = Sending.to(server.port())) {
      assertThatThrownBy(sending::link)
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("localhost:" + server.port())
          .hasMessageContaining("554 5.7.1 go away");
    }
    try (Sending sending = Sending.to(1)) {
      assertThatThrownBy(sending::link).isInstanceOf(PeerUnavailable.class);
      assertThatThrownBy(() -> sending.outbound.connect(new org.heliograph.model.PeerName("other")))
          .hasMessageContaining("other");
    }
  }

  @Test
  void yieldsBetweenMessages() throws Exception {
    Signal yielding =
        new Signal() {
          @Override
          public boolean yieldWanted() {
            return true;
          }

          @Override
          public void secured(ResumePoint point) {}
        };
    try (Scripted server = new Scripted(peer -> peer.greet().on("QUIT", "221 bye"));
        Sending sending = Sending.to(server.port())) {
      Envelope envelope = Sending.to("c@d.example");
      try (Link link = sending.link()) {
        MemoryStore store = sending.store;
        assertThat(
                link.transfer(
                    Sending.dispatch(envelope),
                    envelope,
                    store.open(store.put(new byte[1])),
                    yielding))
            .containsEntry(ONE, new Outcome.Interrupted(Optional.empty()));
      }
      sending.outbound.close();
      server.played();
    }
  }

  @Test
  void doesNotSendWhatIsNoMail() throws Exception {
    Envelope x400 = Sending.to("c@d.example").change().contentType(ContentTypes.P22).build();
    try (Scripted server = new Scripted(peer -> peer.greet().on("QUIT", "221 bye"));
        Sending sending = Sending.to(server.port())) {
      assertThat(failed(sending.send(x400, "x").get(ONE)).failure().cause())
          .isEqualTo(Cause.CONTENT_NOT_SUPPORTED);
      sending.outbound.close();
      server.played();
    }
  }

  @Test
  void leavesAMessageUnfinishedWhenItsContentCannotBeRead() throws Exception {
    try (Scripted server =
            new Scripted(
                peer -> {
                  peer.greet().on("MAIL", "250 ok").on("RCPT", "250 ok").on("DATA", "354 go");
                  assertThat(peer.message()).endsWith("<end>").doesNotContain("\r\n.\r\n");
                });
        Sending sending = Sending.to(server.port())) {
      try (Link link = sending.link()) {
        Outcome outcome =
            Sending.send(link, Sending.to("c@d.example"), new FailingContent()).get(ONE);
        assertThat(deferred(outcome).scope()).isEqualTo(Scope.MESSAGE);
        assertThat(deferred(outcome).mayHaveArrived()).isFalse();
        assertThat(link.usable()).isFalse();
      }
      server.played();
    }
  }
}
