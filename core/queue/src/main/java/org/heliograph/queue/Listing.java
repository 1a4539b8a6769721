package org.heliograph.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.model.Due;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.RecipientState;

/** What is queued, as the operator sees it: the most urgent first, then by time. */
final class Listing {
  private final Queue queue;
  private final DerbyStore store;
  private final InstantSource clock;
  private final Counters counters;

  Listing(Queue queue, InstantSource clock, Counters counters) {
    this.queue = queue;
    this.store = queue.store();
    this.clock = clock;
    this.counters = counters;
  }

  /** An entry of one of the lists. */
  private record Listed(RecipientState state, Due due) {}

  /** The first entries of all lists; of each no more is read than can be wanted. */
  List<Queued> first(List<RecipientState> states, Optional<PeerName> peer, int limit)
      throws StoreUnavailable {
    List<Listed> all = new ArrayList<>();
    for (RecipientState state : states) {
      for (PeerName name : peer.isPresent() ? Set.of(peer.get()) : peers(state)) {
        int left = limit;
        for (Precedence precedence : Precedence.values()) {
          List<Due> some = left > 0 ? store.in(state, name, precedence, left) : List.of();
          some.forEach(due -> all.add(new Listed(state, due)));
          left -= some.size();
        }
      }
    }
    all.sort(
        Comparator.comparing((Listed l) -> l.due().precedence())
            .thenComparing(l -> l.due().notBefore())
            .thenComparing(l -> l.due().message()));
    List<Listed> page = all.size() > limit ? all.subList(0, limit) : all;
    List<Optional<String>> why = store.why(page.stream().map(Listed::due).toList());
    List<Queued> queued = new ArrayList<>(page.size());
    for (int i = 0; i < page.size(); i++) {
      Due due = page.get(i).due();
      queued.add(
          new Queued(
              due.message(),
              page.get(i).state(),
              due.precedence(),
              due.octets(),
              due.attempts(),
              due.peer(),
              due.channel(),
              page.get(i).state() == RecipientState.WAITING ? called(due) : due.notBefore(),
              due.recipients(),
              page.get(i).state() == RecipientState.WAITING
                  ? closed(due, why.get(i))
                  : why.get(i)));
    }
    return queued;
  }

  /** When an entry can go: when it is due and its peer is called. */
  private Instant called(Due due) {
    Instant from = due.notBefore().isAfter(clock.instant()) ? due.notBefore() : clock.instant();
    Instant called = queue.schedule().limits(due.peer()).called(due.precedence(), from);
    return called.isAfter(from) ? called : due.notBefore();
  }

  private Optional<String> closed(Due due, Optional<String> why) {
    Instant called = called(due);
    return called.equals(due.notBefore())
        ? why
        : Optional.of(
            why.map(w -> w + "; ").orElse("") + due.peer() + " is called from " + called + " on");
  }

  /** Peers for which something is in a state. How much waits is counted already. */
  private Set<PeerName> peers(RecipientState state) throws StoreUnavailable {
    return new TreeSet<>(
        state == RecipientState.WAITING
            ? counters.waiting().keySet()
            : store.counts(state).keySet());
  }
}
