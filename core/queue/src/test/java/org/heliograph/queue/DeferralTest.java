package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deferred delivery (X.411 8.2.1.1.1.7): held here, or forwarded where the route says so. */
class DeferralTest {
  @TempDir private Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    Route held = Route.of(Destination.parse("held.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL);
    Route forwarded =
        Route.of(Destination.parse("forwarded.example"), Fakes.SMTP, Fakes.BRAVO, Form.MAIL)
            .withDeferral(Route.Deferral.FORWARD);
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory.resolve("store")), new NodeId("n"), "n.example"),
            List.of(smtp),
            RouteTable.of(List.of(held, forwarded)));
    engine.start();
  }

  @AfterEach
  void close() {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    engine.close();
  }

  private MessageId submit(Instant until, String... to) throws Exception {
    Envelope envelope =
        Fakes.mail("eve@out.example", to).change().deferUntil(Optional.of(until)).build();
    return engine
        .submission()
        .submit(Draft.of(envelope, Fakes.put(engine.contents(), new byte[10])), Set.of());
  }

  @Test
  void oneRecipientGoesOnAtOnceWithItsTimeTheOtherWaitsHere() throws Exception {
    Instant until =
        Instant.now().plus(Duration.ofHours(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    MessageId id = submit(until, "al@forwarded.example", "bo@held.example");
    await().until(() -> smtp.sent.size() == 1);
    assertThat(smtp.sent.getFirst().peer()).isEqualTo(Fakes.BRAVO);
    assertThat(smtp.sent.getFirst().envelope().deferUntil())
        .as("whoever is next holds it until then")
        .contains(until);
    Place waiting =
        engine.operator().show(id).orElseThrow().places().values().stream()
            .filter(p -> p.next().peer().equals(Fakes.BOX))
            .findFirst()
            .orElseThrow();
    assertThat(waiting.state()).isEqualTo(RecipientState.WAITING);
    assertThat(waiting.notBefore()).isEqualTo(until);
  }

  @Test
  void whatIsHeldGoesWhenItsTimeHasCome() throws Exception {
    Instant until = Instant.now().plus(Duration.ofMillis(700));
    submit(until, "bo@held.example");
    await().until(() -> smtp.sent.size() == 1);
    assertThat(Instant.now()).isAfterOrEqualTo(until);
  }
}
