package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.ResumeFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What interrupted transfers go on with is there after a restart, and only that. */
class ResumesTest {
  private static final ChannelName P1 = new ChannelName("p1");
  private static final Bytes KEY = Bytes.ofText("key");
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final PeerName PEER = new PeerName("bravo");
  private static final MessageId MESSAGE = new MessageId(7);

  @TempDir private Path directory;
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    if (!Files.exists(directory.resolve("db"))) {
      Stores.in(directory);
    }
    engine =
        Engine.open(
            EngineSettings.at(directory, new NodeId("n"), "n"),
            List.of(),
            RouteTable.of(List.of()));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void restart() throws Exception {
    close();
    open();
  }

  private static ResumePoint point(Optional<ContentRef> stage, Instant expires) {
    return new ResumePoint(P1, KEY, Bytes.ofText("state"), 5, stage, expires);
  }

  private static void write(Stage stage, String text) throws StoreUnavailable {
    stage.write(ByteBuffer.wrap(Bytes.ofText(text).toArray()));
  }

  private String read(ContentRef ref) throws Exception {
    try (InputStream in = engine.contents().open(ref).open(0)) {
      return Bytes.of(in.readAllBytes()).text();
    }
  }

  private List<Path> stages() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("stage"))) {
      return files.toList();
    }
  }

  @Test
  void aHeldStageGoesOnAfterARestart() throws Exception {
    ContentRef held;
    try (Stage stage = engine.contents().stage()) {
      write(stage, "hello ");
      held = stage.hold();
      engine.resumes().keep(point(Optional.of(held), LATER));
      write(stage, "which is not secured");
      stage.leave();
    }
    restart();
    assertThat(engine.resumes().all(P1)).containsExactly(point(Optional.of(held), LATER));
    ContentRef sealed;
    try (Stage stage = engine.contents().reopen(held)) {
      assertThat(read(held)).isEqualTo("hello ");
      assertThat(stage.length()).isEqualTo(6);
      write(stage, "world");
      assertThat(stage.hold()).isEqualTo(new ContentRef(held.key(), 11));
      sealed = stage.seal();
    }
    assertThat(read(sealed)).isEqualTo("hello world");
    engine.resumes().forget(P1, KEY);
    assertThat(engine.resumes().all(P1)).isEmpty();
    assertThat(stages()).isEmpty();
    assertThat(read(sealed)).isEqualTo("hello world");
  }

  @Test
  void aStageThatNobodyNamesIsSwept() throws Exception {
    Stage stage = engine.contents().stage();
    write(stage, "hello");
    ContentRef held = stage.hold();
    stage.leave();
    assertThat(stages()).hasSize(1);
    restart();
    assertThat(stages()).isEmpty();
    assertThatThrownBy(() -> engine.contents().reopen(held)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void noMoreThanIsThereCanBeGoneOnWith() throws Exception {
    Stage stage = engine.contents().stage();
    write(stage, "hello");
    ContentRef held = stage.hold();
    stage.leave();
    assertThatThrownBy(() -> engine.contents().reopen(new ContentRef(held.key(), 6)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("only 5 octets of 6");
  }

  @Test
  void whatIsClosedIsGoneAlsoIfItWasHeld() throws Exception {
    try (Stage stage = engine.contents().stage()) {
      write(stage, "hello");
      assertThat(stage.hold().length()).isEqualTo(5);
    }
    assertThat(stages()).isEmpty();
  }

  @Test
  void whatHasExpiredIsForgottenWithItsStage() throws Exception {
    Stage stage = engine.contents().stage();
    write(stage, "hello");
    engine.resumes().keep(point(Optional.of(stage.hold()), Instant.EPOCH));
    stage.leave();
    engine.keepHouseNow();
    assertThat(engine.resumes().all(P1)).isEmpty();
    assertThat(stages()).isEmpty();
  }

  @Test
  void aMessageOnItsWayOutIsRememberedByMessageAndPeer() throws Exception {
    ResumeFiles files = (ResumeFiles) engine.resumes();
    files.keep(MESSAGE, PEER, point(Optional.empty(), LATER));
    files.keep(MESSAGE, PEER, point(Optional.empty(), LATER.plusSeconds(1)));
    restart();
    files = (ResumeFiles) engine.resumes();
    assertThat(files.of(MESSAGE, PEER)).contains(point(Optional.empty(), LATER.plusSeconds(1)));
    assertThat(files.of(MESSAGE, new PeerName("charlie"))).isEmpty();
    assertThat(files.of(new MessageId(8), PEER)).isEmpty();
    assertThat(files.all(P1)).as("nothing that came in").isEmpty();
    files.forget(MESSAGE, PEER);
    restart();
    assertThat(((ResumeFiles) engine.resumes()).of(MESSAGE, PEER)).isEmpty();
  }

  @Test
  void aFileThatIsNotWholeIsDropped() throws Exception {
    engine.resumes().keep(point(Optional.empty(), LATER));
    Path file;
    try (Stream<Path> files = Files.list(directory.resolve("resume"))) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 10, whole.length - 1}) {
      close();
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      open();
      assertThat(engine.resumes().all(P1)).as("first " + length + " octets").isEmpty();
      assertThat(file).doesNotExist();
    }
    for (int at = 0; at < whole.length; at += 23) {
      close();
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      open();
      assertThat(engine.resumes().all(P1)).as("octet " + at + " flipped").isEmpty();
    }
  }
}
