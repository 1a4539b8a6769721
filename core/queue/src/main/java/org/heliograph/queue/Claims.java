package org.heliograph.queue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * Which recipients somebody is at work for. Kept in memory, because one process owns the store: the
 * claims end with it, and the epoch tells its transitions from those of the next. Any thread may
 * call.
 */
final class Claims {
  private final Map<MessageId, Set<RecipientId>> claimed = new HashMap<>();

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

  synchronized void give(MessageId message, Set<RecipientId> recipients) {
    Set<RecipientId> taken = claimed.get(message);
    if (taken != null) {
      taken.removeAll(recipients);
      if (taken.isEmpty()) {
        claimed.remove(message);
      }
    }
  }

  synchronized int size() {
    return claimed.size();
  }
}
