package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Cursor;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.junit.jupiter.api.Test;

/** At one precedence age counts, also of what was tried in vain. */
class LineTest {
  private final Line line = new Line();

  private static Due due(long at, long message, int attempts) {
    return new Due(
        new MessageId(message),
        Set.of(new RecipientId(1)),
        new StepNo(0),
        Fakes.SMTP,
        Fakes.BOX,
        Precedence.ROUTINE,
        Instant.ofEpochSecond(at),
        0,
        attempts);
  }

  private void read(List<Due> fresh, List<Due> retried) {
    Optional<Line.Empty> empty = line.empty();
    while (empty.isPresent()) {
      empty.get().window().beginRefill();
      empty.get().window().refill(empty.get().from().equals(Cursor.START) ? fresh : retried, true);
      empty = line.empty();
    }
  }

  private List<Long> takeAll(long now) {
    List<Long> taken = new ArrayList<>();
    Optional<Due> first = line.take(Instant.ofEpochSecond(now));
    while (first.isPresent()) {
      taken.add(first.get().message().value());
      first = line.take(Instant.ofEpochSecond(now));
    }
    return taken;
  }

  @Test
  void whatIsDueAgainGoesBeforeWhatIsYounger() {
    read(List.of(due(20, 2, 0), due(40, 4, 0)), List.of(due(50, 3, 2), due(60, 1, 1)));
    assertThat(takeAll(60)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void whatIsNotDueAgainHoldsNobodyUp() {
    read(List.of(), List.of());
    line.offer(due(100, 1, 1));
    line.offer(due(20, 2, 0));
    assertThat(takeAll(60)).containsExactly(2L);
    assertThat(line.next()).contains(Instant.ofEpochSecond(100));
    assertThat(line.hasDue(Instant.ofEpochSecond(100))).isTrue();
    assertThat(takeAll(100)).containsExactly(1L);
  }

  @Test
  void isReadFromBothSidesOfTheStoreBeforeItSaysWhatIsFirst() {
    assertThat(line.empty().map(Line.Empty::from)).contains(Cursor.START);
    Window fresh = line.empty().orElseThrow().window();
    fresh.beginRefill();
    fresh.refill(List.of(due(20, 2, 0)), true);
    assertThat(line.empty().map(Line.Empty::from)).contains(Cursor.RETRIED);
  }
}
