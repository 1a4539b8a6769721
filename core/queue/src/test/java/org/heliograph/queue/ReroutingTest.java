package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits is decided anew: by order, after a reload, and when a peer does not answer. */
@SuppressWarnings("NullAway.Init")
class ReroutingTest {
  private static final PeerName SPARE = new PeerName("spare");

  @TempDir Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private final Fakes.Sink p1 = new Fakes.Sink(Fakes.P1);
  private Engine engine;

  private void open(Duration fallback, Route... routes) throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(
                    Stores.in(directory.resolve("store")), new NodeId("alpha"), "alpha.example")
                .withRetry(
                    RetrySettings.of(
                            Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofDays(1))
                        .withFallbackAfter(fallback)),
            List.of(smtp, p1),
            RouteTable.of(List.of(routes)));
    engine.start();
  }

  @AfterEach
  void close() {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    engine.close();
  }

  private static Route route(org.heliograph.model.ChannelName channel, PeerName peer) {
    return Route.of(Destination.parse("*"), channel, peer, Form.MAIL);
  }

  private MessageId submit() throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                Fakes.mail("eve@out.example", "al@mail.example"),
                Fakes.put(engine.contents(), "hello".getBytes(StandardCharsets.UTF_8))),
            Set.of());
  }

  @Test
  void byOrderAfterAReloadShowingBeforeAndAfter() throws Exception {
    smtp.unreachable = true;
    open(Duration.ofHours(1), route(Fakes.SMTP, Fakes.BOX));
    MessageId id = submit();
    engine.routes(RouteTable.of(List.of(route(Fakes.P1, SPARE))));
    Rerouted rehearsed = engine.operator().reroute(Fakes.BOX, false, "test", 10).getFirst();
    assertThat(rehearsed.before()).isEqualTo("smtp@box");
    assertThat(rehearsed.after()).isEqualTo("p1@spare");
    assertThat(rehearsed.moved()).isFalse();
    assertThat(p1.sent).isEmpty();

    await().until(() -> engine.operator().reroute(id, true, "test").getFirst().moved());
    await().until(() -> p1.sent.size() == 1);
    assertThat(p1.sent.getFirst().dispatch().attempted()).contains(Fakes.BOX);
    await()
        .until(
            () ->
                engine.operator().show(id).orElseThrow().places().values().stream()
                    .allMatch(p -> p.state() == RecipientState.TRANSFERRED));
    assertThat(engine.operator().track(id.toString()))
        .anySatisfy(
            row -> {
              assertThat(row.event()).isEqualTo("rerouted");
              assertThat(row.facts()).containsEntry("before", "smtp@box");
              assertThat(row.facts()).containsEntry("after", "p1@spare");
            });
    assertThat(engine.operator().reroute(id, true, "test")).isEmpty();
  }

  @Test
  void whatHasNoRouteAnyMoreStays() throws Exception {
    smtp.unreachable = true;
    open(Duration.ofHours(1), route(Fakes.SMTP, Fakes.BOX));
    MessageId id = submit();
    engine.routes(RouteTable.of(List.of()));
    Rerouted one = engine.operator().reroute(id, true, "test").getFirst();
    assertThat(one.moved()).isFalse();
    assertThat(one.after()).startsWith("no route");
    assertThat(engine.operator().list(Optional.of(Fakes.BOX), 10)).hasSize(1);
  }

  @Test
  void anAlternativeIsTakenWhenThePeerDoesNotAnswer() throws Exception {
    smtp.unreachable = true;
    open(Duration.ofMillis(50), route(Fakes.SMTP, Fakes.BOX), route(Fakes.P1, SPARE).withCost(10));
    MessageId id = submit();
    await().until(() -> p1.sent.size() == 1);
    assertThat(engine.operator().track(id.toString()))
        .anySatisfy(
            row -> {
              assertThat(row.event()).isEqualTo("rerouted");
              assertThat(row.facts()).containsEntry("who", "fallback");
            });
    smtp.unreachable = false;
  }
}
