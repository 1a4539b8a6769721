package org.heliograph.queue.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;
import org.jspecify.annotations.Nullable;

/**
 * Messages as they stand, as far as that is known without asking the database: what never changes
 * of a message, and where its recipients stand if all their moves were seen since it came. One
 * process owns the store, so nobody moves them behind its back. Any thread may call.
 */
final class Known {
  /** Octets of a message beside its recipients, and of a recipient; about. */
  private static final long MESSAGE = 2048;

  private static final long RECIPIENT = 512;

  private final Recent<Message> messages;

  /** A message. */
  private static final class Message {
    private final Rows.Facts facts;

    /** Empty: the database must be asked. */
    private Optional<Map<RecipientId, Place>> places;

    private Message(Rows.Facts facts, Optional<Map<RecipientId, Place>> places) {
      this.facts = facts;
      this.places = places;
    }

    private synchronized Optional<Stored> stored() {
      Rows.Facts f = facts;
      return places.map(
          all -> f.stored(all, all.values().stream().anyMatch(p -> p.state().open())));
    }

    private synchronized void move(Move move) {
      Place from = places.map(all -> all.get(move.recipient())).orElse(null);
      if (from != null
          && from.step().equals(move.step())
          && move.expected().contains(from.state())) {
        places.get().put(move.recipient(), move.to());
      }
    }

    private synchronized void forgetPlaces() {
      places = Optional.empty();
    }
  }

  /**
   * @param octets that it may take, about
   */
  Known(long octets) {
    this.messages = new Recent<>(octets);
  }

  /** An act is on its way to the database; nobody knows its messages before they are there. */
  void begin(Act act) {
    for (Entry entry : act.entries()) {
      keep(Rows.Facts.of(entry), new LinkedHashMap<>(entry.places()));
    }
  }

  /** An act was carried out. */
  void done(Act act) {
    for (Entry entry : act.entries()) {
      // what was made keeps its parent open: only the database counts that
      entry.parent().ifPresent(this::forgetPlaces);
    }
    for (Move move : act.moves()) {
      messages.get(move.message().value()).ifPresent(m -> m.move(move));
    }
    act.expires().keySet().forEach(id -> messages.remove(id.value()));
  }

  /** An act was not carried out, or perhaps it was. */
  void inDoubt(Act act) {
    act.entries().forEach(entry -> messages.remove(entry.id().value()));
    act.entries().forEach(entry -> entry.parent().ifPresent(this::forgetPlaces));
    act.moves().forEach(move -> forgetPlaces(move.message()));
  }

  private void forgetPlaces(MessageId id) {
    messages.get(id.value()).ifPresent(Message::forgetPlaces);
  }

  /** Keeps what was read. */
  void read(Rows.Facts facts) {
    keep(facts, null);
  }

  private void keep(Rows.Facts facts, @Nullable Map<RecipientId, Place> places) {
    messages.put(
        facts.id().value(),
        new Message(facts, Optional.ofNullable(places)),
        MESSAGE + RECIPIENT * facts.envelope().recipients().size());
  }

  /** What of a message never changes. */
  Optional<Rows.Facts> facts(MessageId id) {
    return messages.get(id.value()).map(m -> m.facts);
  }

  /** The whole of a message, if the database need not be asked. */
  Optional<Stored> stored(MessageId id) {
    return messages.get(id.value()).flatMap(Message::stored);
  }
}
