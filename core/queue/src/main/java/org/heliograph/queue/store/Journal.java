package org.heliograph.queue.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heliograph.model.AuditRow;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;

/**
 * One committer's part of the audit journal: rows numbered without gaps, each with the hash of the
 * one before. For that committer's thread.
 */
final class Journal {
  private static final int MOST = 16_000;
  private static final String COLUMNS =
      "sequence, message, recipient, happened, event, facts, previous";

  private final int node;
  private final int committer;
  private long sequence;
  private byte[] last = new byte[32];
  private long markedSequence;
  private byte[] markedLast = new byte[32];

  Journal(int node, int committer) {
    this.node = node;
    this.committer = committer;
  }

  /** Goes on behind the last row that is there. */
  void resume(Session session) throws SQLException {
    try (ResultSet row =
        session
            .statement(
                "select sequence, hash from journal where node = ? and committer = ?",
                node,
                committer)
            .executeQuery()) {
      if (row.next()) {
        sequence = row.getLong(1);
        last = row.getBytes(2);
        mark();
        return;
      }
    }
    searchEnd(session);
    session.update(
        "insert into journal (node, committer, sequence, hash) values (?, ?, ?, ?)",
        node,
        committer,
        sequence,
        last);
    session.commit();
    mark();
  }

  /** A journal of the first schema, or none: its end is found once. */
  private void searchEnd(Session session) throws SQLException {
    sequence = 0;
    last = new byte[32];
    try (ResultSet row =
        session
            .statement(
                "select "
                    + COLUMNS
                    + " from audit where node = ? and committer = ? order by sequence desc"
                    + " fetch first 1 rows only",
                node,
                committer)
            .executeQuery()) {
      if (row.next()) {
        sequence = row.getLong(1);
        last = hash(row);
      }
    }
  }

  /** What is written from here on may be taken back. */
  void mark() {
    markedSequence = sequence;
    markedLast = last;
  }

  /** Takes back what was written since the mark: the transaction was undone. */
  void reset() {
    sequence = markedSequence;
    last = markedLast;
  }

  void write(Session session, List<AuditRow> rows) throws SQLException {
    for (AuditRow row : rows) {
      String facts = facts(row.facts());
      long at = Times.micros(row.at());
      byte[] previous = last;
      sequence++;
      session.update(
          "insert into audit (node, committer, sequence, message, recipient, happened, event, facts,"
              + " previous) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          node,
          committer,
          sequence,
          row.message().<Object>map(MessageId::value).orElse(Session.Missing.NUMBER),
          row.recipient().<Object>map(RecipientId::value).orElse(Session.Missing.NUMBER),
          at,
          row.event(),
          facts,
          previous);
      last =
          hash(
              sequence,
              row.message().map(MessageId::value).orElse(0L),
              row.recipient().map(RecipientId::value).orElse(0),
              at,
              row.event(),
              facts,
              previous);
    }
    if (!rows.isEmpty()) {
      session.update(
          "update journal set sequence = ?, hash = ? where node = ? and committer = ?",
          sequence,
          last,
          node,
          committer);
    }
  }

  /**
   * Checks the chains of all committers.
   *
   * @return the first row that is missing or changed, as node, committer and sequence
   */
  static Optional<String> verify(Session session) throws SQLException {
    // Read first: while the switch runs there may be more rows by the time they are read.
    Map<String, End> ends = ends(session);
    String part = "";
    long expected = 1;
    byte[] previous = new byte[32];
    try (ResultSet row =
        session
            .statement(
                "select "
                    + COLUMNS
                    + ", node, committer from audit order by node, committer, sequence")
            .executeQuery()) {
      while (row.next()) {
        String at = row.getInt(8) + "/" + row.getInt(9) + "/";
        if (!at.equals(part)) {
          part = at;
          expected = 1;
          previous = new byte[32];
        }
        if (row.getLong(1) != expected || !MessageDigest.isEqual(row.getBytes(7), previous)) {
          return Optional.of(part + expected);
        }
        previous = hash(row);
        End end = ends.get(part);
        if (end != null && end.sequence() == expected) {
          if (!MessageDigest.isEqual(end.hash(), previous)) {
            return Optional.of(part + expected);
          }
          ends.remove(part);
        }
        expected++;
      }
    }
    // what is left ends behind the last row that is there
    return ends.entrySet().stream()
        .filter(e -> e.getValue().sequence() > 0)
        .map(e -> e.getKey() + e.getValue().sequence())
        .findFirst();
  }

  /** Where a committer's part ends. */
  private record End(long sequence, byte[] hash) {}

  private static Map<String, End> ends(Session session) throws SQLException {
    Map<String, End> ends = new TreeMap<>();
    try (ResultSet row =
        session.statement("select node, committer, sequence, hash from journal").executeQuery()) {
      while (row.next()) {
        ends.put(
            row.getInt(1) + "/" + row.getInt(2) + "/", new End(row.getLong(3), row.getBytes(4)));
      }
    }
    return ends;
  }

  private static byte[] hash(ResultSet row) throws SQLException {
    return hash(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getBytes(7));
  }

  private static byte[] hash(
      long sequence,
      long message,
      int recipient,
      long at,
      String event,
      String facts,
      byte[] previous) {
    MessageDigest digest = Names.sha256();
    digest.update(previous);
    String row =
        sequence + "\n" + message + "\n" + recipient + "\n" + at + "\n" + event + "\n" + facts;
    return digest.digest(row.getBytes(StandardCharsets.UTF_8));
  }

  /** A line {@code key=value} for each fact; what does not fit is left out from the end. */
  static String facts(Map<String, String> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (key, value) -> {
          String line =
              key + "=" + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
          if (text.length() + line.length() < MOST) {
            text.append(line).append('\n');
          }
        });
    return text.toString();
  }

  static Map<String, String> facts(String text) {
    Map<String, String> facts = new TreeMap<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals), unescape(line.substring(equals + 1)));
      }
    }
    return facts;
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  static AuditRow row(ResultSet row) throws SQLException {
    long message = row.getLong("message");
    int recipient = row.getInt("recipient");
    return new AuditRow(
        message == 0 ? Optional.empty() : Optional.of(new MessageId(message)),
        recipient == 0 ? Optional.empty() : Optional.of(new RecipientId(recipient)),
        instant(row.getLong("happened")),
        row.getString("event"),
        facts(row.getString("facts")));
  }

  private static Instant instant(long micros) {
    return Times.instant(micros);
  }
}
