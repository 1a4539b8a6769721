package org.heliograph.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.heliograph.model.Due;
import org.heliograph.model.RecipientId;
import org.jspecify.annotations.Nullable;

/**
 * What is due first for one peer at one precedence. Holds at most so many entries; the rest is in
 * the store alone and comes when the window has run empty. What it holds is always a beginning of
 * what waits: nothing in the store is earlier than the horizon and missing here. May hold what is
 * no longer so; whoever takes an entry asks the store. Not for more than one thread at a time.
 */
final class Window {
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::notBefore)
          .thenComparing(Due::message)
          .thenComparing(Due::step)
          .thenComparing(Due::channel)
          .thenComparing(d -> d.recipients().stream().min(RecipientId::compareTo).orElseThrow());

  private final int most;
  private final boolean byAge;
  private final TreeSet<Due> entries = new TreeSet<>(ORDER);

  /** The last entry that is covered while there is more in the store; null: everything is here. */
  private @Nullable Due horizon;

  /** Whether the store holds more than is here. */
  private boolean more;

  /** Whether what is being read must be read once more. */
  private boolean again;

  /** Whether somebody reads from the store for this window at present. */
  private boolean refilling;

  /**
   * @param more whether the store may hold entries that were not offered
   * @param byAge whether of what is due here the oldest message goes first; else what was due first
   */
  Window(int most, boolean more, boolean byAge) {
    this.most = most;
    this.more = more;
    this.byAge = byAge;
  }

  void offer(Due due) {
    Due last = horizon;
    if (more && !refilling && (last == null || ORDER.compare(due, last) > 0)) {
      return;
    }
    entries.add(due);
    if (entries.size() > most) {
      entries.pollLast();
      more = true;
      horizon = entries.last();
    }
  }

  /** The first entry, if it is due; it is taken out. */
  Optional<Due> take(Instant now) {
    Optional<Due> first = first(now);
    first.ifPresent(entries::remove);
    return first;
  }

  /** The same, but it stays. */
  Optional<Due> first(Instant now) {
    if (!hasDue(now)) {
      return Optional.empty();
    }
    Due first = entries.first();
    if (byAge) {
      for (Due due : entries) {
        if (due.notBefore().isAfter(now)) {
          break;
        }
        first = due.message().compareTo(first.message()) < 0 ? due : first;
      }
    }
    return Optional.of(first);
  }

  boolean hasDue(Instant now) {
    return !entries.isEmpty() && !entries.first().notBefore().isAfter(now);
  }

  /** When the first entry is due. */
  Optional<Instant> next() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().notBefore());
  }

  /** Whether the store must be asked before this window can say that nothing is due. */
  boolean mustRefill() {
    return more && !refilling && entries.isEmpty();
  }

  /** The store may hold what was never offered: asks it anew. */
  void reload() {
    entries.clear();
    more = true;
    horizon = null;
    again = refilling;
  }

  void beginRefill() {
    refilling = true;
  }

  /** Entries from the store, in order; {@code all} if there are no more. */
  void refill(List<Due> read, boolean all) {
    refilling = false;
    if (again) {
      // what was read may be from before the reload
      again = false;
      return;
    }
    entries.addAll(read);
    more = !all;
    horizon = all || read.isEmpty() ? null : read.getLast();
    while (entries.size() > most) {
      entries.pollLast();
      more = true;
      horizon = entries.last();
    }
    if (more && !all && horizon != null) {
      // what was offered meanwhile beyond the horizon is in the store as well
      entries.tailSet(horizon, false).clear();
    }
  }

  /** The store could not be asked. */
  void refillFailed() {
    refilling = false;
    again = false;
    entries.clear();
    more = true;
    horizon = null;
  }

  int size() {
    return entries.size();
  }
}
