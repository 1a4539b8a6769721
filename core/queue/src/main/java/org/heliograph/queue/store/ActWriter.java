package org.heliograph.queue.store;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Draft;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.UniqueKey;

/**
 * Writes acts into the transaction of a session. For one committer's thread.
 *
 * <p>Index hints stand in the statements because Derby makes its plans while the tables are empty,
 * and would scan for ever.
 */
final class ActWriter {
  private static final int PART = Contents.PART;

  private final Contents contents;
  private final int committer;

  /** Contents named for the first time in this transaction. */
  private final Set<Long> named = new HashSet<>();

  /** Contents that nobody names any more once this transaction is durable. */
  private final List<Long> gone = new ArrayList<>();

  /** How many recipients more, or less, wait after this transaction. */
  private final Map<Cell, Integer> waiting = new LinkedHashMap<>();

  private record Cell(String peer, int precedence) {}

  /**
   * @param committer whose counters are kept
   */
  ActWriter(Contents contents, int committer) {
    this.contents = contents;
    this.committer = committer;
  }

  private void waits(Place place, Precedence precedence, int change) {
    if (place.state() == RecipientState.WAITING) {
      waiting.merge(
          new Cell(place.next().peer().value(), precedence.ordinal()), change, Integer::sum);
    }
  }

  /** Writes how many wait; the last thing before the transaction is made durable. */
  void count(Session s) throws SQLException {
    for (Map.Entry<Cell, Integer> cell : waiting.entrySet()) {
      int change = cell.getValue();
      String peer = cell.getKey().peer();
      int precedence = cell.getKey().precedence();
      if (change != 0
          && s.update(
                  "update waiting set amount = amount + ?"
                      + " where committer = ? and peer = ? and precedence = ?",
                  change,
                  committer,
                  peer,
                  precedence)
              == 0) {
        s.update(
            "insert into waiting (committer, peer, precedence, amount) values (?, ?, ?, ?)",
            committer,
            peer,
            precedence,
            change);
      }
    }
  }

  /**
   * Writes all of {@code act} but its audit rows.
   *
   * @return false if there was nothing to do because it was done before
   */
  boolean write(Session s, Act act) throws SQLException, AlreadyAccepted {
    refuseKnown(s, act.keys());
    if (act.late().isPresent()
        && s.update(
                "update message set noticed = 1 where id = ? and noticed = 0",
                act.late().get().value())
            == 0) {
      return false;
    }
    boolean alone = act.entries().isEmpty();
    if (!act.moves().isEmpty() && !(alone ? moveAll(s, act.moves()) : anyApplies(s, act.moves()))) {
      return false;
    }
    // The keys are those of what was accepted; a report made of it in the same act has none.
    Set<UniqueKey> keys = act.keys();
    for (Entry entry : act.entries()) {
      insert(s, entry, keys);
      keys = Set.of();
    }
    if (!alone) {
      // what was made counts itself in its parent first, so that the parent's content stays
      moveAll(s, act.moves());
    }
    for (Map.Entry<MessageId, Instant> later : act.expires().entrySet()) {
      s.update(
          "update message set expires = ? where id = ?",
          Times.micros(later.getValue()),
          later.getKey().value());
    }
    if (act.quarantine().isPresent()) {
      quarantine(s, act.quarantine().get());
    }
    return true;
  }

  /** An act was carried out by a commit that seemed to fail: its contents are named. */
  void known(Act act) {
    for (Entry entry : act.entries()) {
      if (entry.open() > 0 && entry.draft().content().key() != 0) {
        named.add(entry.draft().content().key());
      }
    }
    act.quarantine().ifPresent(q -> named.add(q.octets().key()));
  }

  /** The transaction is durable. */
  void durable() {
    named.forEach(contents::named);
    gone.forEach(contents::gone);
    forget();
  }

  /** The transaction was undone. */
  void forget() {
    named.clear();
    gone.clear();
    waiting.clear();
  }

  private static void refuseKnown(Session s, Set<UniqueKey> keys)
      throws SQLException, AlreadyAccepted {
    for (UniqueKey key : keys) {
      try (ResultSet row =
          s.statement("select message from unique_key where hash = ?", Names.hash(key))
              .executeQuery()) {
        if (row.next()) {
          throw new AlreadyAccepted(new MessageId(row.getLong(1)), key);
        }
      }
    }
  }

  private void insert(Session s, Entry entry, Set<UniqueKey> keys) throws SQLException {
    Draft draft = entry.draft();
    long id = entry.id().value();
    int open = entry.open();
    byte[] envelope = EnvelopeForm.pack(draft.envelope());
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (UniqueKey key : keys) {
      byte[] hash = Names.hash(key);
      s.update("insert into unique_key (hash, message) values (?, ?)", hash, id);
      if (hashes.size() < 1024) {
        hashes.writeBytes(hash);
      }
    }
    s.update(
        "insert into message (id, precedence, accepted, expires, open_count, content,"
            + " content_length, parent, parts, unique_keys, envelope)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        draft.envelope().precedence().ordinal(),
        Times.micros(entry.accepted()),
        open > 0 ? (Object) Times.micros(entry.expires()) : Session.Missing.NUMBER,
        open,
        draft.content().key(),
        draft.content().length(),
        entry.parent().<Object>map(MessageId::value).orElse(Session.Missing.NUMBER),
        (envelope.length - 1) / PART,
        hashes.toByteArray(),
        envelope.length <= PART ? envelope : Arrays.copyOf(envelope, PART));
    parts(s, "envelope_part (message", id, envelope);
    for (Map.Entry<RecipientId, Place> place : entry.places().entrySet()) {
      insert(s, entry, place.getKey(), place.getValue());
      waits(place.getValue(), draft.envelope().precedence(), 1);
    }
    for (UniqueKey name : Names.of(draft.envelope().identification())) {
      s.update("insert into name (hash, message) values (?, ?)", Names.hash(name), id);
    }
    if (open > 0) {
      take(s, draft.content());
      if (entry.parent().isPresent()) {
        s.update(
            "update message set open_count = open_count + 1 where id = ?",
            entry.parent().get().value());
      }
    }
  }

  private static void insert(Session s, Entry entry, RecipientId recipient, Place place)
      throws SQLException {
    Draft draft = entry.draft();
    s.update(
        "insert into recipient (message, recipient, state, peer, precedence, not_before, channel,"
            + " step, attempts, retried, octets, origin, way, why)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.id().value(),
        recipient.value(),
        place.state().ordinal(),
        place.next().peer().value(),
        draft.envelope().precedence().ordinal(),
        Times.micros(place.notBefore()),
        place.next().channel().value(),
        place.step().value(),
        place.attempts(),
        place.attempts() > 0 ? 1 : 0,
        draft.content().length(),
        Optional.ofNullable(draft.origin().get(recipient))
            .<Object>map(RecipientId::value)
            .orElse(Session.Missing.NUMBER),
        place.plan().text(),
        place.why().<Object>map(text -> text).orElse(Session.Missing.TEXT));
  }

  /** Rows for what of {@code octets} did not fit into the first. */
  private static void parts(Session s, String into, long id, byte[] octets) throws SQLException {
    for (int part = 1; part * PART < octets.length; part++) {
      s.update(
          "insert into " + into + ", part, octets) values (?, ?, ?)",
          id,
          part,
          Arrays.copyOfRange(octets, part * PART, Math.min(octets.length, (part + 1) * PART)));
    }
  }

  /** Names {@code content} once more. */
  private void take(Session s, ContentRef content) throws SQLException {
    long key = content.key();
    if (key == 0) {
      return;
    }
    Optional<Contents.Unnamed> fresh =
        named.contains(key) ? Optional.empty() : contents.unnamed(key);
    if (fresh.isPresent()) {
      Optional<byte[]> octets = fresh.get().octets();
      s.update(
          "insert into content (id, refs, octets) values (?, 1, ?)",
          key,
          octets
              .<Object>map(o -> o.length <= PART ? o : Arrays.copyOf(o, PART))
              .orElse(Session.Missing.OCTETS));
      if (octets.isPresent()) {
        parts(s, "content_part (content", key, octets.get());
      }
      named.add(key);
    } else if (s.update("update content set refs = refs + 1 where id = ?", key) == 0) {
      throw new IllegalStateException("content " + key + " is gone");
    }
  }

  /** Names {@code content} once less. */
  private void give(Session s, long key, long length) throws SQLException {
    if (key == 0) {
      return;
    }
    if (s.update("delete from content where id = ? and refs = 1", key) == 1) {
      if (!Contents.isFile(key) && length > PART) {
        s.update("delete from content_part where content = ?", key);
      }
      gone.add(key);
    } else {
      s.update("update content set refs = refs - 1 where id = ?", key);
    }
  }

  private static boolean anyApplies(Session s, List<Move> moves) throws SQLException {
    for (Move move : moves) {
      if (current(s, move).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The state of the recipient, if the move applies to it. */
  private static Optional<RecipientState> current(Session s, Move move) throws SQLException {
    try (ResultSet row =
        s.statement(
                "select state, step from recipient where message = ? and recipient = ?",
                move.message().value(),
                move.recipient().value())
            .executeQuery()) {
      if (!row.next() || row.getInt(2) != move.step().value()) {
        return Optional.empty();
      }
      RecipientState state = Rows.state(row.getInt(1));
      return move.expected().contains(state) ? Optional.of(state) : Optional.empty();
    }
  }

  private boolean moveAll(Session s, List<Move> moves) throws SQLException {
    boolean any = false;
    for (Move move : moves) {
      any |= move(s, move);
    }
    return any;
  }

  /** Says whether the move applied. */
  private boolean move(Session s, Move move) throws SQLException {
    Place to = move.to();
    boolean open = move.expected().stream().allMatch(RecipientState::open);
    if (!open) {
      throw new IllegalArgumentException("a move of what is over: " + move);
    }
    int states = 0;
    for (RecipientState state : move.expected()) {
      states |= 1 << state.ordinal();
    }
    // Computed, so that no index on the state can be thought good for finding the row.
    int moved =
        s.update(
            "update recipient set state = ?, peer = ?, not_before = ?, channel = ?, step = ?,"
                + " attempts = ?, retried = ?, way = ?, why = ? where message = ? and recipient = ?"
                + " and step + 0 = ? and state + 0 in (?, ?, ?)",
            to.state().ordinal(),
            to.next().peer().value(),
            Times.micros(to.notBefore()),
            to.next().channel().value(),
            to.step().value(),
            to.attempts(),
            to.attempts() > 0 ? 1 : 0,
            to.plan().text(),
            to.why().<Object>map(text -> text).orElse(Session.Missing.TEXT),
            move.message().value(),
            move.recipient().value(),
            move.step().value(),
            expected(states, RecipientState.WAITING),
            expected(states, RecipientState.HELD),
            expected(states, RecipientState.PARKED));
    if (moved == 0) {
      return false;
    }
    waits(move.from(), move.precedence(), -1);
    waits(to, move.precedence(), 1);
    if (!to.state().open()) {
      close(s, move);
    }
    return true;
  }

  private static int expected(int states, RecipientState state) {
    return (states & 1 << state.ordinal()) != 0 ? state.ordinal() : -1;
  }

  /** One thing less is to happen with a message, in most cases the last one. */
  private void close(Session s, Move move) throws SQLException {
    int last =
        s.update(
            "update message set open_count = 0, expires = null where id = ? and open_count + 0 = 1",
            move.message().value());
    if (last == 0) {
      close(s, move.message().value());
      return;
    }
    give(s, move.content().key(), move.content().length());
    if (move.parent().isPresent()) {
      close(s, move.parent().get().value());
    }
  }

  /** One thing less is to happen with a message; with the last one its content goes. */
  private void close(Session s, long message) throws SQLException {
    s.update("update message set open_count = open_count - 1 where id = ?", message);
    long content;
    long length;
    long parent;
    try (ResultSet row =
        s.statement(
                "select open_count, content, content_length, parent from message where id = ?",
                message)
            .executeQuery()) {
      if (!row.next() || row.getInt(1) > 0) {
        return;
      }
      content = row.getLong(2);
      length = row.getLong(3);
      parent = row.getLong(4);
    }
    s.update("update message set expires = null where id = ?", message);
    give(s, content, length);
    if (parent != 0) {
      close(s, parent);
    }
  }

  private void quarantine(Session s, Act.Quarantined q) throws SQLException {
    take(s, q.octets());
    s.update(
        "insert into quarantine (id, happened, content, content_length, source, why)"
            + " values (?, ?, ?, ?, ?, ?)",
        q.id(),
        Times.micros(q.at()),
        q.octets().key(),
        q.octets().length(),
        cut(q.source(), 1000),
        cut(q.why(), 2000));
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }
}
