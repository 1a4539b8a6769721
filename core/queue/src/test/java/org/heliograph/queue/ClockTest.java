package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.model.Draft;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.queue.store.Faults;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time passes as the monotonic clock says; a time of day that jumps moves nothing. */
class ClockTest {
  /** Later than the store was made: an earlier time of day would not be believed. */
  private static final Instant NOON = Instant.parse("2126-06-01T12:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong();
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory), new NodeId("n"), "n")
                .withRetry(
                    RetrySettings.of(
                        Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(2))),
            List.of(smtp),
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.SMTP, Fakes.BOX, Form.MAIL))),
            new Surroundings(
                wall::get, nanos::get, () -> Long.MAX_VALUE, Faults.NONE, "directory"));
    engine.start();
  }

  @AfterEach
  void close() {
    engine.stop(Duration.ofSeconds(10));
    engine.close();
  }

  private void pass(Duration time) {
    wall.updateAndGet(t -> t.plus(time));
    nanos.addAndGet(time.toNanos());
    engine.keepHouseNow();
  }

  private void jump(Duration time) {
    wall.updateAndGet(t -> t.plus(time));
    engine.keepHouseNow();
  }

  private MessageId submit(Optional<Instant> deferUntil) throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                Fakes.mail("eve@out.example", "al@mail.example")
                    .change()
                    .deferUntil(deferUntil)
                    .build(),
                Fakes.put(engine.contents(), new byte[10])),
            Set.of());
  }

  private RecipientState state(MessageId id) throws Exception {
    return engine.operator().show(id).orElseThrow().places().values().iterator().next().state();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aDayEitherWayNeitherExpiresNorReleasesNorRepeats(int days) throws Exception {
    MessageId sent = submit(Optional.empty());
    await().until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 1);
    smtp.answer = (d, r) -> Outcome.deferred(Outcome.Scope.MESSAGE, Failures.internal("no"));
    MessageId failing = submit(Optional.empty());
    MessageId later = submit(Optional.of(NOON.plus(Duration.ofHours(1))));
    await()
        .untilAsserted(
            () ->
                assertThat(smtp.sent)
                    .extracting(s -> s.dispatch().message())
                    .containsExactly(sent, failing));
    await().until(() -> engine.counters().of(Counters.Event.DEFERRED) == 1);

    jump(Duration.ofDays(days));
    assertThat(engine.alarms()).extracting(Alarm::kind).contains(Alarm.Kind.CLOCK_JUMPED);
    assertThat(state(failing)).isEqualTo(RecipientState.WAITING);
    assertThat(state(later)).isEqualTo(RecipientState.WAITING);
    assertThat(smtp.sent).hasSize(2);

    smtp.answer = (d, r) -> Outcome.transferred(Instant.EPOCH, "x", "y");
    // ten minutes later by any clock that runs, the retry is due; the deferred one is not
    pass(Duration.ofMinutes(11));
    await().until(() -> state(failing) == RecipientState.TRANSFERRED);
    assertThat(state(later)).isEqualTo(RecipientState.WAITING);
    pass(Duration.ofMinutes(50));
    await().until(() -> state(later) == RecipientState.TRANSFERRED);
    assertThat(state(sent)).isEqualTo(RecipientState.TRANSFERRED);
    assertThat(smtp.sent).hasSize(4);

    engine.operator().trustClock();
    engine.keepHouseNow();
    assertThat(engine.alarms()).isEmpty();
  }

  @Test
  void whatIsTooLateIsReportedWithWhatKeptIt() throws Exception {
    smtp.answer =
        (d, r) ->
            r.address().equals(Mailbox.parse("al@mail.example"))
                ? Outcome.deferred(
                    Outcome.Scope.MESSAGE,
                    Failure.of(Failure.Cause.REFUSED_BY_PEER, "mailbox busy"))
                : Outcome.transferred(Instant.EPOCH, "x", "y");
    MessageId id = submit(Optional.empty());
    await().until(() -> engine.counters().of(Counters.Event.DEFERRED) == 1);
    pass(Duration.ofHours(3));
    await().until(() -> smtp.sent.stream().anyMatch(s -> s.envelope().report().isPresent()));
    ReportedRecipient said =
        smtp.sent.getLast().envelope().report().orElseThrow().recipients().getFirst();
    Failure failure = ((ReportedRecipient.Failed) said.result()).failure();
    assertThat(failure.cause()).isEqualTo(Failure.Cause.EXPIRED);
    assertThat(failure.text()).contains("mailbox busy");
    assertThat(failure.x400().orElseThrow().diagnostic()).hasValue(5);
    assertThat(failure.smtp().orElseThrow().enhanced()).isEqualTo("5.4.7");
    assertThat(state(id)).isEqualTo(RecipientState.FAILED);
  }

  @Test
  void whatIsReleasedAfterItsTimeGetsNewTime() throws Exception {
    smtp.answer = (d, r) -> Outcome.held("look at it");
    MessageId id = submit(Optional.empty());
    await().until(() -> state(id) == RecipientState.HELD);
    pass(Duration.ofHours(3));
    assertThat(state(id)).isEqualTo(RecipientState.HELD);
    smtp.answer = (d, r) -> Outcome.transferred(Instant.EPOCH, "x", "y");
    engine.operator().release(id, "officer", Optional.empty());
    await().until(() -> state(id) == RecipientState.TRANSFERRED);
  }

  @Test
  void aDeadPeerDoesNotKeepMessagesFromExpiring() throws Exception {
    smtp.unreachable = true;
    MessageId id = submit(Optional.empty());
    await().until(() -> !engine.alarms().isEmpty());
    pass(Duration.ofHours(3));
    await().until(() -> state(id) == RecipientState.FAILED);
  }

  @Test
  void aClockThatWasSetBackWhileTheSwitchWasDownIsNotBelieved() throws Exception {
    engine.stop(Duration.ofSeconds(10));
    engine.close();
    wall.set(NOON.minus(Duration.ofDays(1)));
    open2();
    assertThat(engine.operator().clockJumped()).isTrue();
  }

  private void open2() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(directory, new NodeId("n"), "n"),
            List.of(smtp),
            RouteTable.of(List.of()),
            new Surroundings(
                wall::get, nanos::get, () -> Long.MAX_VALUE, Faults.NONE, "directory"));
    engine.start();
  }
}
