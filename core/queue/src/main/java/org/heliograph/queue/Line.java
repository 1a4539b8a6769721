package org.heliograph.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.model.Cursor;
import org.heliograph.model.Due;

/**
 * What waits for one peer at one precedence. What was tried in vain has a window of its own: when
 * its time has come again, it takes its turn by age and does not stand behind what came since. Not
 * for more than one thread at a time.
 */
final class Line {
  private final Window fresh = new Window(Schedule.WINDOW, true, false);
  private final Window retried = new Window(Schedule.WINDOW, true, true);

  /** A window that must be read from the store, and from where. */
  record Empty(Window window, Cursor from) {}

  void offer(Due due) {
    (due.attempts() > 0 ? retried : fresh).offer(due);
  }

  /** The oldest entry that is due; it is taken out. */
  Optional<Due> take(Instant now) {
    Optional<Due> one = fresh.first(now);
    Optional<Due> other = retried.first(now);
    boolean older =
        other.isPresent()
            && (one.isEmpty() || other.get().message().compareTo(one.get().message()) < 0);
    return older ? retried.take(now) : fresh.take(now);
  }

  boolean hasDue(Instant now) {
    return fresh.hasDue(now) || retried.hasDue(now);
  }

  /** When the first entry is due. */
  Optional<Instant> next() {
    return Stream.of(fresh, retried).flatMap(w -> w.next().stream()).min(Instant::compareTo);
  }

  /** What must be read before it can be said what is first. */
  Optional<Empty> empty() {
    return fresh.mustRefill()
        ? Optional.of(new Empty(fresh, Cursor.START))
        : Optional.of(new Empty(retried, Cursor.RETRIED)).filter(e -> retried.mustRefill());
  }

  void reload() {
    List.of(fresh, retried).forEach(Window::reload);
  }

  int size() {
    return fresh.size() + retried.size();
  }
}
