package org.heliograph.queue;

import java.util.Optional;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.UniqueKey.Scheme;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Stored;

/** Finds what a message was made from, back to the message as it was received. */
final class Lineage {
  /** More generations than this are a broken store. */
  private static final int MOST = 64;

  /** A recipient of a message as it was received. */
  record Root(Stored message, Recipient recipient) {}

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
    for (int i = 0; i < MOST && here.parent().isPresent(); i++) {
      RecipientId from = here.origin().get(number);
      Optional<Stored> above = store.load(here.parent().get());
      if (from == null || above.isEmpty()) {
        return Optional.empty();
      }
      here = above.get();
      number = from;
    }
    Stored root = here;
    return root.envelope().recipient(number).map(r -> new Root(root, r));
  }

  /** The latest message, not report, that has one of the names that a report's subject has. */
  Optional<Stored> subject(Envelope report) throws StoreUnavailable {
    var names = report.report().orElseThrow().subject();
    if (names.mtsIdentifier().isPresent()) {
      return latest(new UniqueKey(Scheme.MTS_IDENTIFIER, names.mtsIdentifier().get().toString()));
    }
    Optional<Stored> found = Optional.empty();
    if (names.envelopeId().isPresent()) {
      found = latest(new UniqueKey(Scheme.ENVELOPE_ID, names.envelopeId().get()));
    }
    if (found.isEmpty() && names.messageId().isPresent()) {
      found = latest(new UniqueKey(Scheme.MESSAGE_ID, names.messageId().get()));
    }
    return found;
  }

  private Optional<Stored> latest(UniqueKey key) throws StoreUnavailable {
    for (MessageId id : store.named(key)) {
      Optional<Stored> message = store.load(id);
      if (message.isPresent() && message.get().envelope().kind() != Envelope.Kind.REPORT) {
        return message;
      }
    }
    return Optional.empty();
  }
}
