package org.heliograph.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * while it was claimed comes up again when the claim ends. Any thread may call.
 */
final class Claims {
  private final Consumer<List<Due>> again;
  private final Map<MessageId, Set<RecipientId>> claimed = new HashMap<>();
  private final Map<MessageId, List<Due>> missed = new HashMap<>();

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
      missed.computeIfAbsent(due.message(), m -> new ArrayList<>()).add(due);
    }
    return free;
  }

  void give(MessageId message, Set<RecipientId> recipients) {
    List<Due> due = List.of();
    synchronized (this) {
      Set<RecipientId> taken = claimed.get(message);
      if (taken != null) {
        taken.removeAll(recipients);
        if (taken.isEmpty()) {
          claimed.remove(message);
        }
      }
      if (!recipients.isEmpty() && missed.containsKey(message)) {
        due = missed.remove(message);
      }
    }
    again.accept(due);
  }

  synchronized int size() {
    return claimed.size();
  }
}
