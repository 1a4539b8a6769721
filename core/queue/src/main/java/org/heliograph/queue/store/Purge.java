package org.heliograph.queue.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.MessageId;
import org.heliograph.model.UniqueKey;

/** Forgets messages that were finished long ago. The audit journal is not touched. */
final class Purge {
  private Purge() {}

  /** Forgets up to {@code limit} messages accepted before {@code before}. */
  static int purge(Session s, long before, int limit) throws SQLException {
    List<Long> old = new ArrayList<>();
    try (ResultSet row =
        s.statement("select id, accepted, open_count from message order by id").executeQuery()) {
      while (old.size() < limit && row.next() && row.getLong(2) < before) {
        if (row.getInt(3) == 0) {
          old.add(row.getLong(1));
        }
      }
    }
    for (long id : old) {
      forget(s, id);
    }
    if (!old.isEmpty()) {
      long last = old.getLast();
      if (s.update("update meta set amount = ? where name = 'purged' and amount < ?", last, last)
          == 0) {
        try (ResultSet row =
            s.statement("select amount from meta where name = 'purged'").executeQuery()) {
          if (!row.next()) {
            s.update("insert into meta (name, amount) values ('purged', ?)", last);
          }
        }
      }
    }
    return old.size();
  }

  private static void forget(Session s, long id) throws SQLException {
    Optional<Rows.Facts> facts = Rows.facts(s, new MessageId(id));
    if (facts.isPresent()) {
      for (UniqueKey key : Names.of(facts.get().envelope().identification())) {
        s.update("delete from name where hash = ? and message = ?", Names.hash(key), id);
      }
    }
    try (ResultSet row =
        s.statement("select unique_keys from message where id = ?", id).executeQuery()) {
      if (row.next()) {
        byte[] keys = row.getBytes(1);
        for (int at = 0; at + 32 <= keys.length; at += 32) {
          s.update("delete from unique_key where hash = ?", Arrays.copyOfRange(keys, at, at + 32));
        }
      }
    }
    s.update("delete from envelope_part where message = ?", id);
    s.update("delete from recipient where message = ?", id);
    s.update("delete from message where id = ?", id);
  }
}
