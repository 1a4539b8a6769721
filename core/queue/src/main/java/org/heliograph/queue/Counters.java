package org.heliograph.queue;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;

/** Figures of the queue; kept, not counted. Any thread may call. */
public final class Counters {
  /** What is counted since the start. */
  public enum Event {
    ACCEPTED,
    DUPLICATES,
    TRANSFERRED,
    RELAYED,
    DELIVERED,
    EXPANDED,
    RESHAPED,
    DEFERRED,
    /** Deferred, and the other side may hold the message without having said so. */
    MAY_HAVE_ARRIVED,
    HELD,
    FAILED,
    EXPIRED,
    REPORTS,
    /** Reports that a message still waits. */
    DELAY_NOTICES,
    REPORTS_REWRITTEN,
    REPORTS_UNWANTED,
    PARKED,
    QUARANTINED
  }

  private final Map<Event, AtomicLong> events = new EnumMap<>(Event.class);
  private final Map<PeerName, Map<Precedence, AtomicLong>> waiting = new TreeMap<>();

  Counters() {
    for (Event event : Event.values()) {
      events.put(event, new AtomicLong());
    }
  }

  void add(Event event, long number) {
    AtomicLong counter = events.get(event);
    if (counter != null) {
      counter.addAndGet(number);
    }
  }

  synchronized void waiting(PeerName peer, Precedence precedence, long change) {
    waiting
        .computeIfAbsent(peer, p -> new EnumMap<>(Precedence.class))
        .computeIfAbsent(precedence, p -> new AtomicLong())
        .addAndGet(change);
  }

  /** How often something happened since the start. */
  public long of(Event event) {
    AtomicLong counter = events.get(event);
    return counter == null ? 0 : counter.get();
  }

  /** All counts since the start. */
  public Map<Event, Long> events() {
    Map<Event, Long> copy = new EnumMap<>(Event.class);
    events.forEach((event, counter) -> copy.put(event, counter.get()));
    return copy;
  }

  /** How many recipients wait, for each peer and precedence; shapers wait under {@code -}. */
  public synchronized Map<PeerName, Map<Precedence, Long>> waiting() {
    Map<PeerName, Map<Precedence, Long>> copy = new TreeMap<>();
    waiting.forEach(
        (peer, counts) -> {
          Map<Precedence, Long> some = new EnumMap<>(Precedence.class);
          counts.forEach((precedence, count) -> some.put(precedence, count.get()));
          copy.put(peer, some);
        });
    return copy;
  }

  /** How many recipients wait in all. */
  public synchronized long waitingInAll() {
    return waiting.values().stream()
        .flatMap(m -> m.values().stream())
        .mapToLong(AtomicLong::get)
        .sum();
  }
}
