package org.heliograph.queue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.heliograph.model.Address;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.UniqueKey.Scheme;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Plan;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/** Finds what a message was made from, back to the message as it was received. */
final class Lineage {
  /** More generations than this are a broken store. */
  private static final int MOST = 64;

  /**
   * A recipient of a message as it was received.
   *
   * @param actual whom it stands for now: the alternate, or the member of a list
   * @param lists that were expanded here on the way, the last one first
   */
  record Root(
      Stored message, Recipient recipient, Optional<Recipient> actual, List<Address> lists) {}

  private final DerbyStore store;

  Lineage(DerbyStore store) {
    this.store = store;
  }

  /**
   * The received message and recipient behind a recipient of {@code message}; empty if it is
   * forgotten.
   */
  Optional<Root> root(Stored message, RecipientId recipient) throws StoreUnavailable {
    Stored here = message;
    RecipientId number = recipient;
    Optional<Recipient> actual = Optional.empty();
    List<Address> lists = new ArrayList<>();
    for (int i = 0; i < MOST && here.parent().isPresent(); i++) {
      RecipientId from = here.origin().get(number);
      Optional<Stored> above = store.load(here.parent().get());
      if (from == null || above.isEmpty()) {
        return Optional.empty();
      }
      ChannelName by = here.envelope().source().channel();
      if (by.equals(ListShaper.NAME) || by.equals(RedirectShaper.NAME)) {
        actual = actual.or(optional(here, number));
        if (by.equals(ListShaper.NAME)) {
          above.get().envelope().recipient(from).ifPresent(r -> lists.add(r.address()));
        }
      }
      here = above.get();
      number = from;
    }
    Stored root = here;
    Optional<Recipient> last = actual;
    return root.envelope().recipient(number).map(r -> new Root(root, r, last, List.copyOf(lists)));
  }

  private static Supplier<Optional<Recipient>> optional(Stored message, RecipientId number) {
    return () -> message.envelope().recipient(number);
  }

  /**
   * The messages through this switch, not reports, that have the names of a report's subject, the
   * latest first: what a list or a redirection made has the name of what it was made from.
   */
  List<Stored> subjects(Envelope report) throws StoreUnavailable {
    var names = report.report().orElseThrow().subject();
    if (names.mtsIdentifier().isPresent()) {
      return all(new UniqueKey(Scheme.MTS_IDENTIFIER, names.mtsIdentifier().get().toString()));
    }
    List<Stored> found = List.of();
    if (names.envelopeId().isPresent()) {
      found = all(new UniqueKey(Scheme.ENVELOPE_ID, names.envelopeId().get()));
    }
    if (found.isEmpty() && names.messageId().isPresent()) {
      found = all(new UniqueKey(Scheme.MESSAGE_ID, names.messageId().get()));
    }
    return found;
  }

  private List<Stored> all(UniqueKey key) throws StoreUnavailable {
    List<Stored> all = new ArrayList<>();
    for (MessageId id : store.named(key)) {
      if (all.size() < MOST) {
        store.load(id).filter(m -> m.envelope().kind() != Envelope.Kind.REPORT).ifPresent(all::add);
      }
    }
    return all;
  }

  /** By which steps earlier copies of a message left: where it need not be sent again. */
  Set<Plan.Step> carriers(Envelope envelope) throws StoreUnavailable {
    Set<Plan.Step> steps = new LinkedHashSet<>();
    if (envelope.identification().mtsIdentifier().isPresent()) {
      String name = envelope.identification().mtsIdentifier().get().toString();
      for (Stored before : all(new UniqueKey(Scheme.MTS_IDENTIFIER, name))) {
        before.places().values().stream()
            .filter(p -> p.state() == RecipientState.TRANSFERRED)
            .forEach(p -> steps.add(p.next()));
      }
    }
    return steps;
  }
}
