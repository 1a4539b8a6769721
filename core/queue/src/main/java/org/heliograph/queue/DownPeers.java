package org.heliograph.queue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.heliograph.model.PeerName;

/**
 * Peers that have not answered for so long that an alternative is taken. One that was not tried for
 * a while, since all went the other way, is given a chance again. Any thread may call.
 */
final class DownPeers {
  private static final int CHANCE = 5;

  private final long after;
  private final LongSupplier nanos;
  private final Map<PeerName, Failing> failing = new ConcurrentHashMap<>();

  private record Failing(long since, long last) {}

  DownPeers(Duration after, LongSupplier nanos) {
    this.after = after.toNanos();
    this.nanos = nanos;
  }

  void failed(PeerName peer) {
    long now = nanos.getAsLong();
    failing.compute(
        peer,
        (p, before) ->
            before == null || forgotten(before, now)
                ? new Failing(now, now)
                : new Failing(before.since(), now));
  }

  void works(PeerName peer) {
    failing.remove(peer);
  }

  boolean down(PeerName peer) {
    Failing known = failing.get(peer);
    long now = nanos.getAsLong();
    return known != null && now - known.since() >= after && !forgotten(known, now);
  }

  private boolean forgotten(Failing known, long now) {
    return now - known.last() > CHANCE * after;
  }

  Set<PeerName> down() {
    return failing.keySet().stream().filter(this::down).collect(Collectors.toSet());
  }
}
