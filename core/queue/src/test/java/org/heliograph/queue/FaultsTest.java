package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.queue.store.Faults;
import org.heliograph.queue.store.StoreInUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails or is full: nothing is acknowledged, and all goes on when it works again. */
class FaultsTest {
  @TempDir private Path directory;
  private final AtomicBoolean forceFails = new AtomicBoolean();
  private final AtomicBoolean writeFails = new AtomicBoolean();
  private final AtomicInteger lies = new AtomicInteger();
  private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    Faults faults =
        new Faults() {
          @Override
          public void force() throws IOException {
            fail(forceFails, "the log cannot be forced");
          }

          @Override
          public void forced() throws IOException {
            if (lies.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
              throw new IOException("says that it failed");
            }
          }

          @Override
          public void write() throws IOException {
            fail(writeFails, "no space left");
          }

          @Override
          public void forceFile() throws IOException {
            fail(forceFails, "the file cannot be forced");
          }
        };
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory), new NodeId("n"), "n"),
            List.of(smtp),
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.SMTP, Fakes.BOX, Form.MAIL))),
            new Surroundings(
                InstantSource.system(), System::nanoTime, usable::get, faults, "directory"));
    engine.listen(
        new EngineListener() {
          @Override
          public void alarm(Alarm alarm) {
            alarms.add(alarm);
          }
        });
    engine.start();
  }

  private static void fail(AtomicBoolean now, String text) throws IOException {
    if (now.get()) {
      throw new IOException(text);
    }
  }

  @AfterEach
  void close() throws Exception {
    forceFails.set(false);
    engine.stop(Duration.ofSeconds(10));
    assertThat(engine.operator().verifyJournal()).isEmpty();
    engine.close();
  }

  private MessageId submit(int octets) throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                Fakes.mail("eve@out.example", "al@mail.example"),
                Fakes.put(engine.contents(), new byte[octets])),
            Set.of());
  }

  @Test
  void aForceThatFailsAcknowledgesNothingAndIsOverWithoutRestart() throws Exception {
    submit(10);
    await().until(() -> smtp.sent.size() == 1);
    forceFails.set(true);
    assertThatThrownBy(() -> submit(10)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> submit(100_000)).isInstanceOf(StoreUnavailable.class);
    assertThat(engine.submission().open()).isFalse();
    forceFails.set(false);
    await().until(() -> engine.submission().open());
    submit(20);
    await().until(() -> smtp.sent.size() == 2);
    assertThat(smtp.sent.get(1).content()).hasSize(20);
    assertThat(alarms)
        .extracting(Alarm::kind, Alarm::raised)
        .contains(
            org.assertj.core.groups.Tuple.tuple(Alarm.Kind.STORE_UNAVAILABLE, true),
            org.assertj.core.groups.Tuple.tuple(Alarm.Kind.STORE_UNAVAILABLE, false));
  }

  @Test
  void whatWasTransferredIsNotTransferredAgainWhenItsOutcomeCouldNotBeStored() throws Exception {
    smtp.answer =
        (d, r) -> {
          forceFails.set(true);
          return Outcome.transferred(java.time.Instant.EPOCH, "x", "y");
        };
    MessageId id = submit(10);
    await().until(() -> alarms.stream().anyMatch(a -> a.kind() == Alarm.Kind.STORE_UNAVAILABLE));
    assertThat(engine.counters().of(Counters.Event.TRANSFERRED)).isZero();
    forceFails.set(false);
    await().until(() -> engine.counters().of(Counters.Event.TRANSFERRED) == 1);
    assertThat(smtp.sent).hasSize(1);
    assertThat(engine.operator().show(id).orElseThrow().kept()).isFalse();
  }

  @Test
  void anActThatIsDurableAlthoughItsCommitFailedKeepsItsContent() throws Exception {
    smtp.unreachable = true;
    lies.set(1);
    MessageId id = submit(100_000);
    assertThat(engine.operator().show(id).orElseThrow().kept()).isTrue();
    try (var files = Files.list(directory.resolve("content"))) {
      assertThat(files).hasSize(1);
    }
    smtp.unreachable = false;
    await()
        .until(
            () -> {
              retry(id);
              return smtp.sent.size() == 1;
            });
    assertThat(smtp.sent.getFirst().content()).hasSize(100_000);
  }

  @Test
  void whatIsDurableAlthoughItWasRefusedGoesOutAllTheSame() throws Exception {
    UniqueKey key = new UniqueKey(UniqueKey.Scheme.TRANSFER, "once");
    Draft draft =
        Draft.of(
            Fakes.mail("eve@out.example", "al@mail.example"),
            Fakes.put(engine.contents(), new byte[100_000]));
    lies.set(2);
    assertThatThrownBy(() -> engine.submission().submit(draft, Set.of(key)))
        .isInstanceOf(StoreUnavailable.class);
    Draft same =
        Draft.of(
            Fakes.mail("eve@out.example", "al@mail.example"),
            Fakes.put(engine.contents(), new byte[100_000]));
    assertThatThrownBy(() -> engine.submission().submit(same, Set.of(key)))
        .isInstanceOf(AlreadyAccepted.class);
    await().until(() -> smtp.sent.size() == 1);
    assertThat(smtp.sent.getFirst().content()).hasSize(100_000);
  }

  private void retry(MessageId id) throws Exception {
    try {
      engine.operator().retry(id, "test");
    } catch (NotPossible e) {
      // it is in the hands of a worker, or gone
      assertThat(e).hasMessageContaining("it");
    }
  }

  @Test
  void aFullDiskFailsTheStageAndLeavesNothing() throws Exception {
    try (Stage stage = engine.contents().stage()) {
      stage.write(ByteBuffer.wrap(new byte[200_000]));
      writeFails.set(true);
      assertThatThrownBy(() -> stage.write(ByteBuffer.wrap(new byte[10])))
          .isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(stage::seal).isInstanceOf(StoreUnavailable.class);
    }
    writeFails.set(false);
    await().untilAsserted(this::assertNoStages); // but those that prove the disk, for a moment
    submit(200_000);
    await().until(() -> smtp.sent.size() == 1);
  }

  private void assertNoStages() throws IOException {
    try (var files = Files.list(directory.resolve("stage"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void belowTheMarkNothingNewIsTakenAndWhatIsThereGoesOut() throws Exception {
    smtp.unreachable = true;
    submit(10);
    usable.set(1000);
    engine.keepHouseNow();
    assertThat(engine.submission().open()).isFalse();
    assertThatThrownBy(() -> engine.submission().stage()).isInstanceOf(StoreUnavailable.class);
    assertThat(engine.alarms()).extracting(Alarm::kind).contains(Alarm.Kind.LOW_SPACE);
    smtp.unreachable = false;
    // it may be in the hands of a worker that finds nobody just now
    await()
        .until(
            () -> {
              retry(new MessageId(1));
              return smtp.sent.size() == 1;
            });
    usable.set(300L << 20);
    engine.keepHouseNow();
    assertThat(engine.submission().open()).as("above the low mark is not enough").isFalse();
    usable.set(600L << 20);
    engine.keepHouseNow();
    assertThat(engine.submission().open()).isTrue();
  }

  @Test
  void aSecondProcessIsRefusedWithTheNumberOfTheFirst() {
    assertThatThrownBy(
            () ->
                Engine.open(
                    EngineSettings.at(directory, new NodeId("n"), "n"),
                    List.of(),
                    RouteTable.of(List.of())))
        .isInstanceOf(StoreInUse.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void theDirectoriesAreTheOwnersAlone() throws Exception {
    for (String name : List.of("stage", "content")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void quarantinesOctetsWithAnAlarm() throws Exception {
    engine
        .submission()
        .quarantine(
            Fakes.SOURCE, Fakes.put(engine.contents(), new byte[] {1, 2}), "octet 1: not a tag");
    assertThat(engine.operator().quarantined(10))
        .singleElement()
        .matches(q -> q.why().contains("octet 1") && q.octets().length() == 2);
    assertThat(
            Fakes.octets(
                engine.contents().open(engine.operator().quarantined(10).getFirst().octets())))
        .containsExactly(1, 2);
    assertThat(alarms).extracting(Alarm::kind).contains(Alarm.Kind.QUARANTINED);
  }
}
