package org.heliograph.queue.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;

/** Orders of the operator that outlive a restart, as they stand in the database. */
final class Orders {
  private static final String ALL = "*";

  private Orders() {}

  static List<DerbyStore.Minimum> minimized(Session s) throws SQLException {
    List<DerbyStore.Minimum> all = new ArrayList<>();
    try (ResultSet row =
        s.statement("select peer, floor, until from minimized order by peer").executeQuery()) {
      while (row.next()) {
        String peer = row.getString(1);
        all.add(
            new DerbyStore.Minimum(
                peer.equals(ALL) ? Optional.empty() : Optional.of(new PeerName(peer)),
                Precedence.values()[row.getInt(2)],
                Times.instant(row.getLong(3))));
      }
    }
    return all;
  }

  /** Puts an order in the place of the one that stood for the same peer; absent: only drops it. */
  static Boolean minimize(
      Session s, Optional<PeerName> peer, Optional<Precedence> level, Instant until)
      throws SQLException {
    String name = peer.map(PeerName::value).orElse(ALL);
    s.update("delete from minimized where peer = ?", name);
    if (level.isPresent()) {
      s.update(
          "insert into minimized (peer, floor, until) values (?, ?, ?)",
          name,
          level.get().ordinal(),
          Times.micros(until));
    }
    return true;
  }
}
