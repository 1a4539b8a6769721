package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Channel;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Shaping;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Submission;
import org.heliograph.model.X400Code;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue with channels that do as they are told: plans, shapers, outcomes, reports. */
class EngineTest {
  private static final MtsIdentifier GIVEN =
      new MtsIdentifier(new GlobalDomain("XX", "ADMD", Optional.of("ALPHA")), "made-1");
  private static final ReportRequest ALL =
      ReportRequest.of(Set.of(ReportRequest.Event.DELIVERY, ReportRequest.Event.NON_DELIVERY));

  @TempDir private Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private final Fakes.Sink p1 = new Fakes.Sink(Fakes.P1);
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    Fakes.Remaker protect =
        new Fakes.Remaker("protect", new Shaping(Form.X400, Form.CMS, 20)) {
          @Override
          Envelope remake(Envelope envelope, org.heliograph.model.Dispatch dispatch) {
            if (dispatch.attempt() == 1 && envelope.recipients().toString().contains("break")) {
              throw new StackOverflowError("as of hostile input");
            }
            return envelope.change().contentType(ContentTypes.CONTENT_INFO).build();
          }
        };
    List<Channel> channels = List.of(smtp, p1, Fakes.mixer(GIVEN), protect);
    RouteTable routes =
        RouteTable.of(
            List.of(
                Route.of(Destination.parse("mail.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL)
                    .withRecipients(KnownRecipients.of(List.of("al*", "bob@mail.example"))),
                Route.of(Destination.parse(".x400.example"), Fakes.P1, Fakes.BRAVO, Form.CMS),
                Route.of(
                    Destination.parse("/PRMD=x400.example/C=XX/"),
                    Fakes.P1,
                    Fakes.BRAVO,
                    Form.CMS)));
    engine =
        Engine.open(
            EngineSettings.at(
                    Stores.in(directory.resolve("store")), new NodeId("alpha"), "alpha.example")
                .withDomain(GIVEN.domain())
                .withRetry(
                    RetrySettings.of(
                        Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofDays(1))),
            channels,
            routes);
    engine.listen(
        new EngineListener() {
          @Override
          public void audit(List<AuditRow> rows) {
            rows.forEach(
                r ->
                    events.add(r.message().map(MessageId::toString).orElse("-") + " " + r.event()));
          }

          @Override
          public void alarm(Alarm alarm) {
            alarms.add(alarm);
          }
        });
    engine.start();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(engine.operator().verifyJournal()).isEmpty();
    assertThat(engine.store().waiting())
        .as("what the committers have kept is what there is")
        .isEqualTo(engine.store().counts(RecipientState.WAITING));
    engine.close();
  }

  private MessageId submit(Envelope envelope, String content) throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                envelope, Fakes.put(engine.contents(), content.getBytes(StandardCharsets.UTF_8))),
            Set.of());
  }

  private static Envelope asking(Envelope envelope, ReportRequest wish) {
    return envelope
        .change()
        .recipients(envelope.recipients().stream().map(r -> r.withReportRequest(wish)).toList())
        .build();
  }

  private static String text(Fakes.Sent sent) {
    return new String(sent.content(), StandardCharsets.UTF_8);
  }

  @Test
  void relaysWhatNeedsNoShaper() throws Exception {
    MessageId id = submit(Fakes.mail("eve@out.example", "alice@mail.example"), "hello");
    await().until(() -> smtp.sent.size() == 1);
    assertThat(text(smtp.sent.getFirst())).isEqualTo("hello");
    assertThat(smtp.sent.getFirst().peer()).isEqualTo(Fakes.BOX);
    await().until(() -> events.contains(id + " transferred"));
    Shown shown = engine.operator().show(id).orElseThrow();
    assertThat(shown.kept()).isFalse();
    assertThat(shown.places().values()).allMatch(p -> p.state() == RecipientState.TRANSFERRED);
    assertThat(engine.counters().waitingInAll()).isZero();
  }

  @Test
  void leadsThroughMixerAndProtectionAndRewritesTheReport() throws Exception {
    Envelope envelope =
        asking(Fakes.mail("alice@mail.example", "bill@b.x400.example"), ALL)
            .change()
            .identification(Identification.none().withEnvelopeId(Optional.of("QQ314")))
            .build();
    MessageId root = submit(envelope, "secret");
    await().until(() -> p1.sent.size() == 1);
    Fakes.Sent sent = p1.sent.getFirst();
    assertThat(text(sent)).isEqualTo("protect(mixer(secret))");
    assertThat(sent.envelope().contentType()).isEqualTo(ContentTypes.CONTENT_INFO);
    assertThat(sent.envelope().recipients().getFirst().address())
        .isEqualTo(Fakes.orOf(Mailbox.parse("bill@b.x400.example")));

    // bravo's delivery report speaks of the identifier that the mixer gave, and returns something
    Report report =
        new Report(
            Identification.none(),
            Identification.none().withMtsIdentifier(GIVEN),
            Optional.of(ContentTypes.CONTENT_INFO),
            sent.envelope().encodedInformationTypes(),
            Optional.empty(),
            List.of(),
            "bravo",
            Optional.empty(),
            Report.Returned.CONTENT,
            List.of(
                new ReportedRecipient(
                    sent.envelope().recipients().getFirst().address(),
                    Optional.empty(),
                    1,
                    new ReportedRecipient.Delivered(Instant.EPOCH, 1),
                    Optional.empty(),
                    Optional.of("bravo"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of())),
            List.of());
    Envelope reporting =
        Envelope.report(report, ContentTypes.CONTENT_INFO, Instant.EPOCH, Fakes.SOURCE)
            .recipient(Recipient.of(1, Fakes.orOf(Mailbox.parse("alice@mail.example"))))
            .build();
    submit(reporting, "what came back");
    await().until(() -> smtp.sent.size() == 1);
    Fakes.Sent told = smtp.sent.getFirst();
    Report said = told.envelope().report().orElseThrow();
    assertThat(told.envelope().recipients().getFirst().address())
        .isEqualTo(Mailbox.parse("alice@mail.example"));
    assertThat(said.subject().envelopeId()).contains("QQ314");
    assertThat(said.returned()).isEqualTo(Report.Returned.NOTHING);
    assertThat(said.recipients().getFirst().actual())
        .isEqualTo(Mailbox.parse("bill@b.x400.example"));
    assertThat(said.recipients().getFirst().result())
        .isInstanceOf(ReportedRecipient.Delivered.class);
    // the report spoke X.400, so it went through the mixer, and not through protection
    assertThat(text(told)).isEqualTo("mixer()");
    assertThat(events).contains(root + " report-rewritten");
  }

  @Test
  void reportsFailureOfWhatItMadeAboutWhatItReceived() throws Exception {
    p1.answer =
        (d, r) ->
            Outcome.failed(
                Failure.of(Failure.Cause.REFUSED_BY_PEER, "refused")
                    .withX400(X400Code.UNRECOGNISED_OR_NAME));
    Envelope envelope =
        Fakes.mail("alice@mail.example", "bill@b.x400.example")
            .change()
            .handling(
                new Handling(Set.of(), Handling.ContentReturn.FULL, Handling.BodyType.SEVEN_BIT))
            .identification(Identification.none().withMessageId(Optional.of("m1@alice")))
            .build();
    submit(envelope, "as it was");
    await().until(() -> smtp.sent.size() == 1);
    Fakes.Sent told = smtp.sent.getFirst();
    Report said = told.envelope().report().orElseThrow();
    assertThat(text(told)).isEqualTo("as it was");
    assertThat(said.returned()).isEqualTo(Report.Returned.CONTENT);
    assertThat(said.subject().messageId()).contains("m1@alice");
    assertThat(said.recipients().getFirst().actual())
        .isEqualTo(Mailbox.parse("bill@b.x400.example"));
    assertThat(told.envelope().originator()).isEmpty();
  }

  @Test
  void refusesAtTheDoorOrReportsWhoIsUnknown() throws Exception {
    Submission door = engine.submission();
    assertThat(door.routable(Mailbox.parse("al@mail.example"), ContentFamily.MAIL, Fakes.SOURCE))
        .isEqualTo(Submission.Answer.YES);
    assertThat(door.routable(Mailbox.parse("zoe@mail.example"), ContentFamily.MAIL, Fakes.SOURCE))
        .isEqualTo(Submission.Answer.NO);
    assertThat(door.routable(Mailbox.parse("x@nowhere.example"), ContentFamily.MAIL, Fakes.SOURCE))
        .isEqualTo(Submission.Answer.NO);
    submit(Fakes.mail("alice@mail.example", "zoe@mail.example", "x@nowhere.example"), "m");
    await().until(() -> smtp.sent.size() == 1);
    List<ReportedRecipient> said =
        smtp.sent.getFirst().envelope().report().orElseThrow().recipients();
    assertThat(said).hasSize(2);
    Failure unknown = ((ReportedRecipient.Failed) said.get(0).result()).failure();
    assertThat(unknown.cause()).isEqualTo(Failure.Cause.UNKNOWN_RECIPIENT);
    assertThat(unknown.x400()).contains(X400Code.of(1, 0));
    assertThat(unknown.smtp()).contains(new SmtpCode(550, "5.1.1"));
    assertThat(((ReportedRecipient.Failed) said.get(1).result()).failure().cause())
        .isEqualTo(Failure.Cause.NO_ROUTE);
  }

  @Test
  void relayedMailIsReportedAsRelayedAndNullOriginatorsNever() throws Exception {
    smtp.answer =
        (d, r) ->
            d.message().value() == 1
                ? new Outcome.Done(
                    Outcome.DoneKind.RELAYED, Instant.EPOCH, Optional.empty(), Optional.empty())
                : Outcome.transferred(Instant.EPOCH, "x", "y");
    submit(asking(Fakes.mail("alice@mail.example", "bob@mail.example"), ALL), "m");
    await().until(() -> smtp.sent.size() == 2);
    assertThat(smtp.sent.get(1).envelope().report().orElseThrow().recipients().getFirst().result())
        .isInstanceOf(ReportedRecipient.Relayed.class);
    MessageId lost = submit(Fakes.mail("", "zoe@mail.example"), "bounce");
    await().until(() -> engine.operator().parked(10).size() == 1);
    assertThat(engine.operator().parked(10).getFirst().message()).isEqualTo(lost);
    assertThat(engine.counters().of(Counters.Event.PARKED)).isEqualTo(1);
  }

  @Test
  void triesAgainAndKeepsOneBadMessageFromBlocking() throws Exception {
    Failure later = Failure.of(Failure.Cause.REFUSED_BY_PEER, "not now");
    smtp.answer =
        (d, r) ->
            d.message().value() == 1 && d.attempt() < 3
                ? Outcome.deferred(Outcome.Scope.MESSAGE, later)
                : d.message().value() == 2 && d.attempt() < 2
                    ? Outcome.deferred(Outcome.Scope.PEER, later)
                    : Outcome.transferred(Instant.EPOCH, "x", "y");
    for (int i = 0; i < 5; i++) {
      submit(Fakes.mail("eve@out.example", "alice@mail.example"), "m" + i);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 5);
    assertThat(
            smtp.sent.stream()
                .filter(s -> s.dispatch().message().value() == 1)
                .map(s -> s.dispatch().attempt()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void recipientsThatWaitTogetherGoTogether() throws Exception {
    Failure later = Failure.of(Failure.Cause.REFUSED_BY_PEER, "not now");
    smtp.answer =
        (d, r) ->
            switch (smtp.sent.size()) {
              case 1 -> Outcome.deferred(Outcome.Scope.PEER, later);
              case 2 -> Outcome.deferred(Outcome.Scope.BOTH, later);
              default -> Outcome.transferred(Instant.EPOCH, "x", "y");
            };
    submit(
        Fakes.mail("eve@out.example", "al@mail.example", "ali@mail.example", "alice@mail.example"),
        "m");
    await().until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 3);
    // one transfer for all three each time; the peer's own failure counts no attempt
    assertThat(smtp.sent)
        .extracting(s -> s.dispatch().recipients().size())
        .containsExactly(3, 3, 3);
    assertThat(smtp.sent).extracting(s -> s.dispatch().attempt()).containsExactly(1, 1, 2);
  }

  @Test
  void anErrorCostsItsMessageOnly() throws Exception {
    p1.answer =
        (d, r) -> {
          if (d.attempt() < 3) {
            throw new StackOverflowError("as of hostile input");
          }
          return Outcome.transferred(Instant.EPOCH, "x", "y");
        };
    submit(Fakes.mail("alice@mail.example", "break@b.x400.example"), "break");
    submit(Fakes.mail("eve@out.example", "alice@mail.example"), "good");
    await().until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 2);
    assertThat(p1.sent).hasSize(3);
    assertThat(alarms).extracting(Alarm::kind).contains(Alarm.Kind.INTERNAL);
  }

  @Test
  void aDeadPeerBurnsNoAttempts() throws Exception {
    smtp.unreachable = true;
    MessageId id = submit(Fakes.mail("eve@out.example", "alice@mail.example"), "m");
    await().until(() -> alarms.stream().anyMatch(a -> a.kind() == Alarm.Kind.PEER_UNAVAILABLE));
    smtp.unreachable = false;
    await().until(() -> events.contains(id + " transferred"));
    assertThat(smtp.sent.getFirst().dispatch().attempt()).isEqualTo(1);
    await()
        .until(
            () ->
                alarms.stream()
                    .anyMatch(a -> a.kind() == Alarm.Kind.PEER_UNAVAILABLE && !a.raised()));
  }

  @Test
  void theOperatorHoldsReleasesAndTracks() throws Exception {
    smtp.unreachable = true;
    MessageId id =
        submit(
            Fakes.mail("eve@out.example", "alice@mail.example")
                .change()
                .identification(Identification.none().withMessageId(Optional.of("find@me")))
                .build(),
            "m");
    await()
        .untilAsserted(
            () ->
                assertThatCode(() -> engine.operator().hold(id, "asked", "duty"))
                    .doesNotThrowAnyException());
    smtp.unreachable = false;
    assertThat(engine.operator().list(Optional.empty(), 10))
        .singleElement()
        .matches(q -> q.state() == RecipientState.HELD && q.why().orElse("").contains("asked"));
    engine.operator().release(id, "duty", Optional.empty());
    await().until(() -> events.contains(id + " transferred"));
    assertThat(engine.operator().track("find@me"))
        .extracting(AuditRow::event)
        .containsExactly("accepted", "held", "released", "transferred");
  }
}
