package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.Precedence;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.queue.store.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator minimizes, what is late, and who releases what is held. */
class MinimizeTest {
  private static final Instant NOON = Instant.parse("2100-01-01T12:00:00Z");

  @TempDir Path directory;
  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong();
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private Engine engine;

  @BeforeEach
  void make() throws Exception {
    Stores.in(directory);
    open();
  }

  private void open() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(directory, new NodeId("n"), "n")
                .withRetry(
                    RetrySettings.of(
                            Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(9))
                        .withDelayNotice(Duration.ofHours(1))),
            List.of(smtp),
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.SMTP, Fakes.BOX, Form.MAIL))),
            new Surroundings(
                wall::get, nanos::get, () -> Long.MAX_VALUE, Faults.NONE, "directory"));
    engine.start();
  }

  @AfterEach
  void close() throws Exception {
    engine.stop(Duration.ofSeconds(10));
    assertThat(engine.operator().verifyJournal()).isEmpty();
    engine.close();
  }

  private void pass(Duration time) {
    wall.updateAndGet(t -> t.plus(time));
    nanos.addAndGet(time.toNanos());
    engine.keepHouseNow();
  }

  private MessageId submit(Precedence precedence) throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                Fakes.mail("eve@out.example", "al@mail.example")
                    .change()
                    .precedence(precedence)
                    .build(),
                Fakes.put(engine.contents(), new byte[10])),
            Set.of());
  }

  private List<MessageId> sent() {
    return smtp.sent.stream().map(s -> s.dispatch().message()).toList();
  }

  @Test
  void whatIsBelowTheLevelWaitsAlsoOverARestart() throws Exception {
    engine
        .operator()
        .minimize(Optional.empty(), Precedence.IMMEDIATE, NOON.plus(Duration.ofHours(2)), "duty");
    MessageId routine = submit(Precedence.ROUTINE);
    MessageId flash = submit(Precedence.FLASH);
    await().untilAsserted(() -> assertThat(sent()).containsExactly(flash));
    close();
    open();
    MessageId again = submit(Precedence.FLASH);
    await().untilAsserted(() -> assertThat(sent()).containsExactly(flash, again));
    assertThat(engine.operator().minimized())
        .containsExactly(
            new Minimized(Optional.empty(), Precedence.IMMEDIATE, NOON.plus(Duration.ofHours(2))));
    pass(Duration.ofMinutes(30));
    assertThat(sent()).doesNotContain(routine);
    engine.operator().endMinimize(Optional.empty(), "duty");
    await().untilAsserted(() -> assertThat(sent()).contains(routine));
    assertThatThrownBy(() -> engine.operator().endMinimize(Optional.empty(), "duty"))
        .isInstanceOf(NotPossible.class);
  }

  @Test
  void anOrderEndsByItself() throws Exception {
    engine
        .operator()
        .minimize(
            Optional.of(Fakes.BOX), Precedence.FLASH, NOON.plus(Duration.ofMinutes(20)), "duty");
    MessageId routine = submit(Precedence.ROUTINE);
    MessageId flash = submit(Precedence.FLASH);
    await().untilAsserted(() -> assertThat(sent()).containsExactly(flash));
    pass(Duration.ofMinutes(21));
    await().untilAsserted(() -> assertThat(sent()).containsExactly(flash, routine));
    assertThat(engine.operator().minimized()).isEmpty();
  }

  @Test
  void whoWantsToKnowHearsOnceThatAMessageIsLate() throws Exception {
    smtp.unreachable = true;
    MessageId late = submit(Precedence.ROUTINE);
    pass(Duration.ofMinutes(59));
    assertThat(engine.counters().of(Counters.Event.DELAY_NOTICES)).isZero();
    pass(Duration.ofMinutes(2));
    await().until(() -> engine.counters().of(Counters.Event.DELAY_NOTICES) == 1);
    pass(Duration.ofMinutes(61));
    close();
    smtp.unreachable = false;
    open();
    pass(Duration.ofMinutes(15));
    await()
        .untilAsserted(
            () ->
                assertThat(smtp.sent)
                    .filteredOn(s -> s.envelope().kind() == Envelope.Kind.REPORT)
                    .singleElement()
                    .extracting(s -> s.envelope().report().orElseThrow().recipients().getFirst())
                    .extracting(ReportedRecipient::result)
                    .isInstanceOf(ReportedRecipient.Delayed.class));
    await().untilAsserted(() -> assertThat(sent()).contains(late));
    assertThat(engine.counters().of(Counters.Event.DELAY_NOTICES)).isZero();
  }

  @Test
  void whatAnotherOfficeHoldsIsReleasedInItsNameOnly() throws Exception {
    smtp.answer = (d, r) -> new Outcome.Held("label", "security officer");
    MessageId held = submit(Precedence.ROUTINE);
    await().until(() -> engine.counters().of(Counters.Event.HELD) == 1);
    assertThatThrownBy(() -> engine.operator().release(held, "duty", Optional.empty()))
        .isInstanceOf(NotPossible.class)
        .hasMessageContaining("security officer");
    smtp.answer = (d, r) -> Outcome.transferred(Instant.EPOCH, "x", "y");
    engine.operator().release(held, "duty", Optional.of("security officer"));
    await().until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 1);
  }
}
