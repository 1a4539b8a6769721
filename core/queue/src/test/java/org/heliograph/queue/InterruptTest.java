package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.Bytes;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.Cursor;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outbound;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Signal;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large Routine transfer makes way for Flash and goes on afterwards where it stopped. */
class InterruptTest {
  private static final long ABOVE = 1000;
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir private Path directory;
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final Slow channel = new Slow();
  private Engine engine;

  /** Transfers in pieces of 100 octets; a Routine one waits in each until it is let go on. */
  private final class Slow implements Outbound {
    private volatile long left = 10_000;
    private volatile boolean goesOn;
    private final AtomicLong asked = new AtomicLong();

    @Override
    public ChannelName name() {
      return Fakes.SMTP;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Set.of(Form.MAIL), 1L << 40, false, 1);
    }

    @Override
    public Link connect(PeerName peer) {
      return new Link() {
        @Override
        public Map<RecipientId, Outcome> transfer(
            Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
          return Map.of(
              new RecipientId(1),
              envelope.precedence() == Precedence.ROUTINE
                  ? routine(dispatch, signal)
                  : done(envelope.precedence().name()));
        }

        @Override
        public boolean usable() {
          return true;
        }

        @Override
        public void close() {}
      };
    }

    private Outcome done(String what) {
      happened.add(what + " done");
      return Outcome.transferred(Instant.EPOCH, "there", "ok");
    }

    private Outcome routine(Dispatch dispatch, Signal signal) {
      long from = dispatch.resume().map(ResumePoint::octets).orElse(0L);
      happened.add("ROUTINE from " + from);
      ResumePoint point =
          new ResumePoint(
              name(), Bytes.ofText("key"), Bytes.ofText("state"), 4200, Optional.empty(), LATER);
      if (from == 0) {
        signal.secured(point);
      }
      while (!goesOn) {
        if (signal.yieldWanted(left)) {
          happened.add("ROUTINE makes way");
          return new Outcome.Interrupted(Optional.of(point));
        }
        asked.incrementAndGet();
        Thread.onSpinWait();
      }
      return done("ROUTINE");
    }
  }

  @BeforeEach
  void open() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory.resolve("store")), new NodeId("n"), "n.example")
                .withPeer(Fakes.BOX, PeerSettings.of(1).withInterruptAbove(ABOVE)),
            List.of(channel),
            RouteTable.of(
                List.of(
                    Route.of(
                        Destination.parse("mail.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL))));
    engine.start();
  }

  @AfterEach
  void close() {
    channel.goesOn = true;
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    engine.close();
  }

  private MessageId submit(Precedence precedence) throws Exception {
    Envelope envelope =
        Fakes.mail("eve@out.example", "alice@mail.example").change().precedence(precedence).build();
    return engine
        .submission()
        .submit(Draft.of(envelope, Fakes.put(engine.contents(), new byte[10])), Set.of());
  }

  private RecipientState state(MessageId id) throws Exception {
    return engine.operator().show(id).orElseThrow().places().values().iterator().next().state();
  }

  @Test
  void flashGoesBetweenAndTheTransferGoesOnWhereItStopped() throws Exception {
    MessageId routine = submit(Precedence.ROUTINE);
    await().until(() -> happened.contains("ROUTINE from 0"));
    MessageId flash = submit(Precedence.FLASH);
    await().until(() -> happened.contains("ROUTINE from 4200"));
    channel.goesOn = true;
    await().until(() -> state(routine) == RecipientState.TRANSFERRED);
    assertThat(state(flash)).isEqualTo(RecipientState.TRANSFERRED);
    assertThat(happened)
        .containsExactly(
            "ROUTINE from 0",
            "ROUTINE makes way",
            "FLASH done",
            "ROUTINE from 4200",
            "ROUTINE done");
    assertThat(engine.operator().show(routine).orElseThrow().places().values())
        .as("no attempt is counted")
        .allMatch(p -> p.attempts() == 0);
  }

  private boolean flashIsDue() throws Exception {
    return !engine.queue().due(Fakes.BOX, Precedence.FLASH, Cursor.START, 1).isEmpty();
  }

  @Test
  void whatIsNearlyDoneIsNotDisturbed() throws Exception {
    channel.left = ABOVE;
    submit(Precedence.ROUTINE);
    await().until(() -> happened.contains("ROUTINE from 0"));
    MessageId flash = submit(Precedence.FLASH);
    await().until(() -> flashIsDue());
    long asked = channel.asked.get();
    await().until(() -> channel.asked.get() > asked + 10);
    channel.goesOn = true;
    await().until(() -> state(flash) == RecipientState.TRANSFERRED);
    assertThat(happened).containsExactly("ROUTINE from 0", "ROUTINE done", "FLASH done");
  }
}
