package org.heliograph.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * Which recipients somebody is at work for. Kept in memory, because one process owns the store: the
 * claims end with it, and the epoch tells its transitions from those of the next. What was due
 * while it was claimed comes up again when that claim ends. Any thread may call.
 */
final class Claims {
  /** What was due in vain, and for whose sake. */
  private record Missed(Due due, Set<RecipientId> claimed) {}

  private final Consumer<List<Due>> again;
  private final Map<MessageId, Set<RecipientId>> claimed = new HashMap<>();
  private final Map<MessageId, List<Missed>> missed = new HashMap<>();

  /**
   * @param again takes what was due in vain
   */
  Claims(Consumer<List<Due>> again) {
    this.again = again;
  }

  /** Claims those of {@code recipients} that are free. */
  synchronized Set<RecipientId> take(MessageId message, Set<RecipientId> recipients) {
    Set<RecipientId> taken = claimed.computeIfAbsent(message, m -> new HashSet<>());
    Set<RecipientId> free = new HashSet<>(recipients);
    free.removeAll(taken);
    taken.addAll(free);
    if (taken.isEmpty()) {
      claimed.remove(message);
    }
    return free;
  }

  /** Claims those of {@code due}'s recipients that are free; for the others it comes up again. */
  synchronized Set<RecipientId> take(Due due) {
    Set<RecipientId> free = take(due.message(), due.recipients());
    if (free.size() < due.recipients().size()) {
      Set<RecipientId> others = new HashSet<>(due.recipients());
      others.removeAll(free);
      missed.computeIfAbsent(due.message(), m -> new ArrayList<>()).add(new Missed(due, others));
    }
    return free;
  }

  /** Ends claims; what was missed for the sake of one of them comes up again. */
  void give(MessageId message, Set<RecipientId> recipients) {
    List<Due> due = new ArrayList<>();
    synchronized (this) {
      Set<RecipientId> taken = claimed.get(message);
      if (taken != null) {
        taken.removeAll(recipients);
        if (taken.isEmpty()) {
          claimed.remove(message);
        }
      }
      List<Missed> waiting = missed.getOrDefault(message, List.of());
      for (Iterator<Missed> each = waiting.iterator(); each.hasNext(); ) {
        Missed one = each.next();
        if (!Collections.disjoint(one.claimed(), recipients)) {
          due.add(one.due());
          each.remove();
        }
      }
      if (waiting.isEmpty()) {
        missed.remove(message);
      }
    }
    again.accept(due);
  }

  synchronized int size() {
    return claimed.size();
  }
}
