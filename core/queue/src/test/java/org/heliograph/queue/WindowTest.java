package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window is always a beginning of what waits, however little it holds. */
class WindowTest {
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::notBefore).thenComparing(Due::message);

  private static Due due(long at, long message) {
    return new Due(
        new MessageId(message),
        Set.of(new RecipientId(1)),
        new StepNo(0),
        Fakes.SMTP,
        Fakes.BOX,
        Precedence.ROUTINE,
        Instant.ofEpochSecond(at),
        0,
        0);
  }

  /** Takes the first; the store answers when the window must be refilled. */
  private static Optional<Due> take(Window window, SortedSet<Due> store, int limit, Instant now) {
    if (window.mustRefill()) {
      window.beginRefill();
      List<Due> read = store.stream().limit(limit).toList();
      window.refill(read, read.size() < limit);
    }
    return window.take(now);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesEverythingOnceInOrderOfTimeWhateverItsSize(long seed) {
    Random random = new Random(seed);
    Window window = new Window(5, true, false);
    TreeSet<Due> store = new TreeSet<>(ORDER);
    List<Due> given = new ArrayList<>();
    Instant late = Instant.ofEpochSecond(10_000);
    for (int i = 1; i <= 2000; i++) {
      if (random.nextInt(3) > 0) {
        Due due = due(random.nextInt(100), i);
        store.add(due);
        window.offer(due);
      } else {
        Optional<Due> first = take(window, store, 5, late);
        assertThat(first.isPresent()).as("seed %s, round %s", seed, i).isEqualTo(!store.isEmpty());
        first.ifPresent(
            due -> {
              assertThat(due).as("seed %s", seed).isEqualTo(store.first());
              store.remove(due);
              given.add(due);
            });
      }
    }
    while (!store.isEmpty()) {
      Due due = take(window, store, 5, late).orElseThrow();
      assertThat(due).isEqualTo(store.pollFirst());
      given.add(due);
    }
    assertThat(given).doesNotHaveDuplicates();
    assertThat(take(window, store, 5, late)).isEmpty();
  }

  @Test
  void keepsWhatIsNotDue() {
    Window window = new Window(5, false, false);
    window.offer(due(100, 1));
    assertThat(window.take(Instant.ofEpochSecond(99))).isEmpty();
    assertThat(window.next()).contains(Instant.ofEpochSecond(100));
    assertThat(window.take(Instant.ofEpochSecond(100))).isPresent();
  }

  @Test
  void asksAgainWhenItWasReloadedWhileTheStoreWasAsked() {
    Window window = new Window(5, true, false);
    window.beginRefill();
    window.reload();
    window.refill(List.of(), true);
    assertThat(window.mustRefill()).isTrue();
  }
}
