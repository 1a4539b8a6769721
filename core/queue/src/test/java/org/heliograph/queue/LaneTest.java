package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(1000);

  private final Lane lane =
      new Lane(
          Fakes.BOX,
          PeerSettings.of(3).withReserved(1, Precedence.FLASH),
          new ReentrantLock().newCondition(),
          List.of());

  private long messages;

  private void offer(Precedence precedence) {
    Line line = lane.line(precedence);
    for (var empty = line.empty(); empty.isPresent(); empty = line.empty()) {
      empty.get().window().beginRefill();
      empty.get().window().refill(List.of(), true);
    }
    line.offer(
        new Due(
            new MessageId(++messages),
            Set.of(new RecipientId(1)),
            new StepNo(0),
            Fakes.SMTP,
            Fakes.BOX,
            precedence,
            NOW,
            1,
            0));
  }

  @Test
  void whatIsRoutineLeavesTheReservedLinkAlone() {
    for (int i = 0; i < 3; i++) {
      offer(Precedence.ROUTINE);
    }
    assertThat(lane.take(Precedence.ROUTINE, NOW)).isPresent();
    assertThat(lane.open(Precedence.ROUTINE, NOW)).isTrue();
    assertThat(lane.take(Precedence.ROUTINE, NOW)).isPresent();
    assertThat(lane.open(Precedence.ROUTINE, NOW)).isFalse();
    assertThat(lane.wanted(NOW, false)).isFalse();
    assertThat(lane.open(Precedence.FLASH, NOW)).isTrue();
    offer(Precedence.FLASH);
    assertThat(lane.wanted(NOW, false)).isTrue();
    assertThat(lane.take(Precedence.FLASH, NOW)).isPresent();
    lane.finished(Precedence.FLASH);
    assertThat(lane.open(Precedence.ROUTINE, NOW)).isFalse();
    lane.finished(Precedence.ROUTINE);
    assertThat(lane.open(Precedence.ROUTINE, NOW)).isTrue();
  }

  @Test
  void whatIsMinimizedIsNotWantedUntilTheOrderEnds() {
    offer(Precedence.ROUTINE);
    lane.minimize(
        List.of(
            new Minimized(
                Optional.of(Fakes.BOX), Precedence.IMMEDIATE, NOW.plus(Duration.ofMinutes(1)))));
    assertThat(lane.open(Precedence.PRIORITY, NOW)).isFalse();
    assertThat(lane.open(Precedence.IMMEDIATE, NOW)).isTrue();
    assertThat(lane.wanted(NOW, false)).isFalse();
    assertThat(lane.wanted(NOW.plus(Duration.ofMinutes(1)), false)).isTrue();
  }

  @Test
  void anOrderForAnotherPeerOrForShapersHoldsNothing() {
    Instant end = NOW.plusSeconds(1);
    Minimized other = new Minimized(Optional.of(Fakes.BRAVO), Precedence.FLASH, end);
    assertThat(other.holds(Fakes.BOX, Precedence.ROUTINE, NOW)).isFalse();
    Minimized all = new Minimized(Optional.empty(), Precedence.FLASH, end);
    assertThat(all.holds(Fakes.BOX, Precedence.ROUTINE, NOW)).isTrue();
    assertThat(all.holds(PeerName.NONE, Precedence.ROUTINE, NOW)).isFalse();
  }

  @Test
  void aPeerRestsShorterTheMoreUrgentWhatWaitsIs() {
    RetrySettings retry =
        RetrySettings.of(Duration.ofMinutes(1), Duration.ofMinutes(8), Duration.ofDays(1))
            .with(
                Precedence.FLASH,
                new RetrySettings.Own(
                    Duration.ofSeconds(5), Duration.ofSeconds(20), Optional.empty()),
                Duration.ofHours(1));
    offer(Precedence.ROUTINE);
    assertThat(lane.failed(NOW, retry)).isEqualTo(NOW.plusSeconds(60));
    assertThat(lane.works()).isTrue();
    offer(Precedence.FLASH);
    assertThat(lane.failed(NOW, retry)).isEqualTo(NOW.plusSeconds(5));
    assertThat(lane.failed(NOW.plusSeconds(5), retry)).isEqualTo(NOW.plusSeconds(15));
    assertThat(retry.wait(Precedence.FLASH, 9)).isEqualTo(Duration.ofSeconds(20));
    assertThat(retry.wait(Precedence.ROUTINE, 3)).isEqualTo(Duration.ofMinutes(4));
    assertThat(retry.giveUp(Precedence.FLASH)).isEqualTo(Duration.ofHours(1));
    assertThat(retry.giveUp(Precedence.ROUTINE)).isEqualTo(Duration.ofDays(1));
  }
}
