package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.NodeId;
import org.heliograph.model.Precedence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer with call times: what is for it waits, is shown with its time, and goes then. */
class CalledTest {
  private static final RouteTable ROUTES =
      RouteTable.of(
          List.of(Route.of(Destination.parse("mail.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL)));

  @TempDir private Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private Engine engine;

  /** The whole of the day before yesterday's day of the week: neither now nor soon. */
  private static CallTimes anotherDay() {
    DayOfWeek day = Instant.now().atOffset(ZoneOffset.UTC).getDayOfWeek().minus(2);
    return new CallTimes(List.of(new CallTimes.Span(Set.of(day), 0, 24 * 60)));
  }

  @BeforeEach
  void open() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory.resolve("store")), new NodeId("n"), "n.example")
                .withPeer(
                    Fakes.BOX,
                    PeerSettings.of(2).withTimes(anotherDay(), Optional.of(Precedence.FLASH))),
            List.of(smtp),
            ROUTES);
    engine.start();
  }

  @AfterEach
  void close() {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    engine.close();
  }

  private void submit(Precedence precedence) throws Exception {
    Envelope envelope =
        Fakes.mail("eve@out.example", "al@mail.example").change().precedence(precedence).build();
    var _ =
        engine
            .submission()
            .submit(Draft.of(envelope, Fakes.put(engine.contents(), new byte[10])), Set.of());
  }

  @Test
  void routineWaitsForItsTimeFlashDoesNot() throws Exception {
    submit(Precedence.ROUTINE);
    submit(Precedence.FLASH);
    await().until(() -> smtp.sent.size() == 1);
    assertThat(smtp.sent.getFirst().envelope().precedence()).isEqualTo(Precedence.FLASH);
    await().until(() -> engine.operator().list(Optional.empty(), 10).size() == 1);
    Queued waiting = engine.operator().list(Optional.empty(), 10).getFirst();
    assertThat(waiting.precedence()).isEqualTo(Precedence.ROUTINE);
    assertThat(waiting.due()).isEqualTo(anotherDay().next(Instant.now()));
    assertThat(waiting.why().orElseThrow()).contains("box is called from");
    engine.reload(ROUTES, Map.of(Fakes.BOX, PeerSettings.of(2)), Map.of());
    await().until(() -> smtp.sent.size() == 2);
  }
}
