package org.heliograph.queue.store;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heliograph.model.AuditRow;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Cursor;
import org.heliograph.model.Draft;
import org.heliograph.model.Due;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StepNo;
import org.heliograph.model.UniqueKey;

/** What is read of the tables. */
final class Rows {
  private static final RecipientState[] STATES = RecipientState.values();
  private static final Precedence[] PRECEDENCES = Precedence.values();

  /** What of a message never changes. */
  record Facts(
      MessageId id,
      Envelope envelope,
      ContentRef content,
      Optional<MessageId> parent,
      Map<RecipientId, RecipientId> origin,
      Instant accepted,
      Optional<Instant> expires) {
    static Facts of(Entry entry) {
      Draft draft = entry.draft();
      return new Facts(
          entry.id(),
          draft.envelope(),
          draft.content(),
          entry.parent(),
          draft.origin(),
          entry.accepted(),
          Optional.of(entry.expires()));
    }

    Stored stored(Map<RecipientId, Place> places, boolean kept) {
      return new Stored(id, envelope, content, kept, parent, origin, places, accepted, expires);
    }
  }

  private Rows() {}

  static RecipientState state(int number) {
    return STATES[number];
  }

  /** A message's facts, and how many octets its envelope takes. */
  static Optional<Facts> facts(Session s, MessageId id) throws SQLException {
    byte[] envelope;
    ContentRef content;
    Optional<MessageId> parent;
    Instant accepted;
    Optional<Instant> expires;
    try (ResultSet row =
        s.statement(
                "select envelope, parts, content, content_length, parent, accepted, expires"
                    + " from message where id = ?",
                id.value())
            .executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      envelope = row.getBytes(1);
      content = new ContentRef(row.getLong(3), row.getLong(4));
      long made = row.getLong(5);
      parent = made == 0 ? Optional.empty() : Optional.of(new MessageId(made));
      accepted = Times.instant(row.getLong(6));
      long limit = row.getLong(7);
      expires = row.wasNull() ? Optional.empty() : Optional.of(Times.instant(limit));
      if (row.getInt(2) > 0) {
        envelope = whole(s, id, envelope);
      }
    }
    Map<RecipientId, RecipientId> origin = new HashMap<>();
    try (ResultSet rows =
        s.statement("select recipient, origin from recipient where message = ?", id.value())
            .executeQuery()) {
      while (rows.next()) {
        int from = rows.getInt(2);
        if (from > 0) {
          origin.put(new RecipientId(rows.getInt(1)), new RecipientId(from));
        }
      }
    }
    return Optional.of(
        new Facts(id, EnvelopeForm.unpack(envelope), content, parent, origin, accepted, expires));
  }

  private static byte[] whole(Session s, MessageId id, byte[] first) throws SQLException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    try (ResultSet rows =
        s.statement("select octets from envelope_part where message = ? order by part", id.value())
            .executeQuery()) {
      while (rows.next()) {
        all.writeBytes(rows.getBytes(1));
      }
    }
    return all.toByteArray();
  }

  static boolean hasContent(Session s, long key) throws SQLException {
    try (ResultSet row = s.statement("select 1 from content where id = ?", key).executeQuery()) {
      return row.next();
    }
  }

  static boolean open(Session s, MessageId id) throws SQLException {
    try (ResultSet row =
        s.statement("select open_count from message where id = ?", id.value()).executeQuery()) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  static Map<RecipientId, Place> places(Session s, MessageId id) throws SQLException {
    Map<RecipientId, Place> places = new LinkedHashMap<>();
    try (ResultSet row =
        s.statement(
                "select recipient, state, way, step, not_before, attempts, why from recipient"
                    + " where message = ? order by recipient",
                id.value())
            .executeQuery()) {
      while (row.next()) {
        places.put(
            new RecipientId(row.getInt(1)),
            new Place(
                state(row.getInt(2)),
                Plan.parse(row.getString(3)),
                new StepNo(row.getInt(4)),
                Times.instant(row.getLong(5)),
                row.getInt(6),
                Optional.ofNullable(row.getString(7))));
      }
    }
    return places;
  }

  /** What is in {@code state} for a peer at a precedence; recipients that share a step together. */
  static List<Due> due(
      Session s,
      RecipientState state,
      PeerName peer,
      Precedence precedence,
      Cursor after,
      int limit)
      throws SQLException {
    record Key(long message, int step, String channel, long notBefore) {}

    Map<Key, TreeSet<RecipientId>> recipients = new LinkedHashMap<>();
    Map<Key, long[]> numbers = new HashMap<>();
    try (ResultSet row =
        s.statement(
                "select message, recipient, step, channel, not_before, attempts, octets"
                    + " from recipient --DERBY-PROPERTIES index=recipient_due\n"
                    + " where state = ? and peer = ? and precedence = ? and retried = ?"
                    + " and not_before >= ?"
                    + " order by not_before, message",
                state.ordinal(),
                peer.value(),
                precedence.ordinal(),
                after.retried() ? 1 : 0,
                after.notBefore())
            .executeQuery()) {
      while (row.next()) {
        Key key = new Key(row.getLong(1), row.getInt(3), row.getString(4), row.getLong(5));
        if (key.notBefore() == after.notBefore() && key.message() <= after.message()) {
          continue;
        }
        if (recipients.size() == limit && !recipients.containsKey(key)) {
          break;
        }
        recipients.computeIfAbsent(key, k -> new TreeSet<>()).add(new RecipientId(row.getInt(2)));
        numbers.put(key, new long[] {row.getLong(7), row.getInt(6)});
      }
    }
    List<Due> due = new ArrayList<>(recipients.size());
    recipients.forEach(
        (key, set) -> {
          long[] n = numbers.getOrDefault(key, new long[2]);
          due.add(
              new Due(
                  new MessageId(key.message()),
                  set,
                  new StepNo(key.step()),
                  new ChannelName(key.channel()),
                  peer,
                  precedence,
                  Times.instant(key.notBefore()),
                  n[0],
                  (int) n[1]));
        });
    return due;
  }

  /** How many recipients are in {@code state} for each peer and precedence. */
  static Map<PeerName, Map<Precedence, Long>> counts(Session s, RecipientState state)
      throws SQLException {
    Map<PeerName, Map<Precedence, Long>> counts = new HashMap<>();
    try (ResultSet row =
        s.statement(
                "select peer, precedence, count(*)"
                    + " from recipient --DERBY-PROPERTIES index=recipient_due\n"
                    + " where state = ? group by peer, precedence",
                state.ordinal())
            .executeQuery()) {
      while (row.next()) {
        counts
            .computeIfAbsent(new PeerName(row.getString(1)), p -> new HashMap<>())
            .put(PRECEDENCES[row.getInt(2)], row.getLong(3));
      }
    }
    return counts;
  }

  /** How many recipients wait for each peer and precedence, as the committers have kept it. */
  static Map<PeerName, Map<Precedence, Long>> waiting(Session s) throws SQLException {
    Map<PeerName, Map<Precedence, Long>> waiting = new HashMap<>();
    try (ResultSet row =
        s.statement(
                "select peer, precedence, sum(amount) from waiting group by peer, precedence"
                    + " having sum(amount) > 0")
            .executeQuery()) {
      while (row.next()) {
        waiting
            .computeIfAbsent(new PeerName(row.getString(1)), p -> new HashMap<>())
            .put(PRECEDENCES[row.getInt(2)], row.getLong(3));
      }
    }
    return waiting;
  }

  static List<MessageId> named(Session s, UniqueKey key) throws SQLException {
    return ids(
        s.statement(
            "select message from name where hash = ? order by message desc", Names.hash(key)),
        1000);
  }

  static List<MessageId> expired(Session s, long after, long now, int limit) throws SQLException {
    return ids(
        s.statement(
            "select id from message --DERBY-PROPERTIES index=message_expires\n"
                + " where expires > ? and expires <= ? order by expires",
            after,
            now),
        limit);
  }

  static List<Act.Quarantined> quarantined(Session s, int limit) throws SQLException {
    List<Act.Quarantined> all = new ArrayList<>();
    try (ResultSet row =
        s.statement(
                "select id, happened, content, content_length, source, why from quarantine order by id"
                    + " desc")
            .executeQuery()) {
      while (all.size() < limit && row.next()) {
        all.add(
            new Act.Quarantined(
                row.getLong(1),
                Times.instant(row.getLong(2)),
                row.getString(5),
                new ContentRef(row.getLong(3), row.getLong(4)),
                row.getString(6)));
      }
    }
    return all;
  }

  static List<MessageId> ids(java.sql.PreparedStatement statement, int limit) throws SQLException {
    List<MessageId> ids = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (ids.size() < limit && row.next()) {
        ids.add(new MessageId(row.getLong(1)));
      }
    }
    return ids;
  }

  static DerbyStore.Late late(Session s, Precedence precedence, long after, long before, int limit)
      throws SQLException {
    List<MessageId> open = new ArrayList<>();
    long upTo = after;
    int seen = 0;
    try (ResultSet row =
        s.statement(
                "select id, accepted, precedence, open_count, noticed from message"
                    + " where id > ? order by id",
                after)
            .executeQuery()) {
      while (seen++ < limit && row.next() && row.getLong(2) <= before) {
        upTo = row.getLong(1);
        if (row.getInt(3) == precedence.ordinal() && row.getInt(4) > 0 && row.getInt(5) == 0) {
          open.add(new MessageId(upTo));
        }
      }
    }
    return new DerbyStore.Late(open, upTo);
  }

  static List<Optional<String>> why(Session s, List<Due> what) throws SQLException {
    List<Optional<String>> all = new ArrayList<>(what.size());
    for (Due due : what) {
      RecipientId first = due.recipients().stream().min(RecipientId::compareTo).orElseThrow();
      try (ResultSet row =
          s.statement(
                  "select why from recipient where message = ? and recipient = ?",
                  due.message().value(),
                  first.value())
              .executeQuery()) {
        all.add(row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty());
      }
    }
    return all;
  }

  static List<AuditRow> audit(Session s, MessageId id) throws SQLException {
    List<AuditRow> rows = new ArrayList<>();
    try (ResultSet row =
        s.statement(
                "select message, recipient, happened, event, facts"
                    + " from audit --DERBY-PROPERTIES index=audit_message\n"
                    + " where message = ? order by happened, sequence",
                id.value())
            .executeQuery()) {
      while (row.next()) {
        rows.add(Journal.row(row));
      }
    }
    return rows;
  }
}
