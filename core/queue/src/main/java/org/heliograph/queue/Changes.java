package org.heliograph.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Claim;
import org.heliograph.model.Due;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.UniqueKey;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.Entry;
import org.heliograph.queue.store.Move;
import org.heliograph.queue.store.Place;
import org.heliograph.queue.store.RecipientState;
import org.heliograph.queue.store.Stored;

/** An act being put together, with what the scheduler must hear once it is durable. */
final class Changes {
  private final Act.Kind kind;
  private final Precedence precedence;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<AuditRow> audit = new ArrayList<>();
  private final Map<MessageId, Standing> standing = new LinkedHashMap<>();
  private final Map<MessageId, Instant> expires = new HashMap<>();
  private final Map<Counters.Event, Long> counts = new HashMap<>();
  private final List<Runnable> later = new ArrayList<>();
  private Optional<MessageId> late = Optional.empty();
  private final List<Delta> waiting = new ArrayList<>();

  /** Where recipients of a message stand after the act. */
  private record Standing(Precedence precedence, long octets, Map<RecipientId, Place> places) {}

  private Standing standing(MessageId message, Precedence urgency, long octets) {
    return standing.computeIfAbsent(
        message, m -> new Standing(urgency, octets, new LinkedHashMap<>()));
  }

  /** How many recipients more, or less, wait for a peer. */
  record Delta(PeerName peer, Precedence precedence, int change) {}

  Changes(Act.Kind kind, Precedence precedence, Instant now) {
    this.kind = kind;
    this.precedence = precedence;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  void enter(Entry entry) {
    entries.add(entry);
    Precedence urgency = entry.draft().envelope().precedence();
    entry.places().values().forEach(place -> waiting(place, urgency, 1));
    standing(entry.id(), urgency, entry.draft().content().length()).places().putAll(entry.places());
  }

  /** Moves a recipient of a message from where it stands. */
  void move(Stored message, RecipientId recipient, Set<RecipientState> expected, Place to) {
    Place from = message.places().get(recipient);
    if (from != null) {
      moves.add(
          new Move(
              message.id(),
              recipient,
              expected,
              from.step(),
              from,
              to,
              message.envelope().precedence(),
              message.content(),
              message.parent()));
      waiting(from, message.envelope().precedence(), -1);
      waiting(to, message.envelope().precedence(), 1);
      standing(message.id(), message.envelope().precedence(), message.content().length())
          .places()
          .put(recipient, to);
    }
  }

  private void waiting(Place place, Precedence urgency, int change) {
    if (place.state() == RecipientState.WAITING) {
      waiting.add(new Delta(place.next().peer(), urgency, change));
    }
  }

  List<Delta> waiting() {
    return waiting;
  }

  void audit(MessageId message, String event, Map<String, String> facts) {
    audit.add(new AuditRow(Optional.of(message), Optional.empty(), now, event, facts));
  }

  void audit(MessageId message, Set<RecipientId> about, String event, Map<String, String> facts) {
    Map<String, String> more = new TreeMap<>(facts);
    Optional<RecipientId> one =
        about.size() == 1 ? Optional.of(about.iterator().next()) : Optional.empty();
    if (about.size() > 1) {
      more.put(
          "recipients",
          String.join(",", new TreeSet<>(about).stream().map(RecipientId::toString).toList()));
    }
    audit.add(new AuditRow(Optional.of(message), one, now, event, more));
  }

  void audit(List<AuditRow> rows) {
    audit.addAll(rows);
  }

  void count(Counters.Event event) {
    counts.merge(event, 1L, Long::sum);
  }

  /** Something to be done once the act is durable. */
  void then(Runnable action) {
    later.add(action);
  }

  boolean nothingToWrite() {
    return entries.isEmpty() && moves.isEmpty() && audit.isEmpty();
  }

  List<Entry> entries() {
    return entries;
  }

  /** What waits after the act: recipients of a message that share step and time together. */
  List<Due> due() {
    List<Due> due = new ArrayList<>();
    standing.forEach(
        (id, message) ->
            due.addAll(due(id, message.precedence(), message.octets(), message.places())));
    return due;
  }

  /** The originator of a message is told that it is late. */
  void late(MessageId message) {
    late = Optional.of(message);
  }

  /** A message is given up at another time. */
  void expires(MessageId message, Instant at) {
    expires.put(message, at);
  }

  Map<Counters.Event, Long> counts() {
    return counts;
  }

  List<Runnable> later() {
    return later;
  }

  Act act(Optional<Claim> claim, Set<UniqueKey> keys) {
    return new Act(
        kind, precedence, claim, keys, entries, moves, audit, expires, late, Optional.empty());
  }

  /** What of these places waits, together where step and time are the same. */
  private static List<Due> due(
      MessageId message, Precedence precedence, long octets, Map<RecipientId, Place> places) {
    record Key(org.heliograph.model.StepNo step, Object next, Instant notBefore, boolean retried) {}

    Map<Key, Set<RecipientId>> together = new HashMap<>();
    Map<Key, Place> samples = new HashMap<>();
    places.forEach(
        (recipient, place) -> {
          if (place.state() == RecipientState.WAITING) {
            Key key = new Key(place.step(), place.next(), place.notBefore(), place.attempts() > 0);
            together.computeIfAbsent(key, k -> new TreeSet<>()).add(recipient);
            samples.put(key, place);
          }
        });
    List<Due> due = new ArrayList<>();
    together.forEach(
        (key, recipients) -> {
          Place place = samples.get(key);
          if (place != null) {
            due.add(
                new Due(
                    message,
                    recipients,
                    place.step(),
                    place.next().channel(),
                    place.next().peer(),
                    precedence,
                    place.notBefore(),
                    octets,
                    place.attempts()));
          }
        });
    return due;
  }

  /** Facts of an envelope for the audit journal. */
  static Map<String, String> facts(Envelope envelope, long octets) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("kind", envelope.kind().name().toLowerCase(java.util.Locale.ROOT));
    facts.put("octets", Long.toString(octets));
    facts.put("precedence", envelope.precedence().name().toLowerCase(java.util.Locale.ROOT));
    facts.put("content-type", envelope.contentType().toString());
    facts.put("from", envelope.originator().map(a -> a.display()).orElse("<>"));
    facts.put(
        "to",
        String.join(
            ", ",
            envelope.recipients().stream().limit(5).map(r -> r.address().display()).toList()));
    if (envelope.recipients().size() > 5) {
      facts.put("to-count", Integer.toString(envelope.recipients().size()));
    }
    facts.put("channel", envelope.source().channel().value());
    facts.put("remote", envelope.source().remote());
    envelope.source().tls().ifPresent(tls -> facts.put("tls", tls));
    envelope.label().ifPresent(label -> facts.put("label", label.display()));
    envelope.identification().messageId().ifPresent(id -> facts.put("message-id", id));
    envelope
        .identification()
        .mtsIdentifier()
        .ifPresent(id -> facts.put("mts-identifier", id.toString()));
    envelope.identification().envelopeId().ifPresent(id -> facts.put("envelope-id", id));
    return facts;
  }
}
