package org.heliograph.queue.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was used last, up to a weight in octets. Any thread may call. */
final class Recent<V> {
  private record Weighed<V>(V value, long weight) {}

  private final long most;
  private final Map<Long, Weighed<V>> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long weight;

  Recent(long most) {
    this.most = most;
  }

  synchronized Optional<V> get(long key) {
    Weighed<V> entry = entries.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  synchronized void put(long key, V value, long octets) {
    if (octets > most / 8) {
      return;
    }
    remove(key);
    entries.put(key, new Weighed<>(value, octets));
    weight += octets;
    Iterator<Weighed<V>> oldest = entries.values().iterator();
    while (weight > most) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }

  synchronized void remove(long key) {
    Weighed<V> gone = entries.remove(key);
    if (gone != null) {
      weight -= gone.weight();
    }
  }
}
