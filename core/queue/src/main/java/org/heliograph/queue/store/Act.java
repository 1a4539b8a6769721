package org.heliograph.queue.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentRef;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.UniqueKey;

/**
 * What happens together or not at all.
 *
 * <p>If there are moves and none of them applies, nothing of the act happens: it was done before.
 *
 * @param kind which of the queue's transitions it is; names its halts
 * @param precedence decides who goes first when acts queue up
 * @param claim under which; absent for what needs none
 * @param expires new times to give messages up
 * @param late the message whose originator is told that it is late; nothing of the act happens if
 *     that was done before
 * @param keys refuse the act if one of them is known; become known with it
 */
public record Act(
    Kind kind,
    Precedence precedence,
    Optional<Claim> claim,
    Set<UniqueKey> keys,
    List<Entry> entries,
    List<Move> moves,
    List<AuditRow> audit,
    Map<MessageId, Instant> expires,
    Optional<MessageId> late,
    Optional<Quarantined> quarantine) {
  /** The queue's transitions. */
  public enum Kind {
    ACCEPT,
    SHAPE,
    TRANSFER,
    OTHER;

    /** Begins the name of this transition's halts; empty if it has none. */
    Optional<String> halt(String point) {
      return this == OTHER
          ? Optional.empty()
          : Optional.of(name().toLowerCase(Locale.ROOT) + "." + point);
    }
  }

  /** Octets that came in complete and could not be decoded. */
  public record Quarantined(long id, Instant at, String source, ContentRef octets, String why) {}

  public Act {
    keys = Set.copyOf(keys);
    entries = List.copyOf(entries);
    moves = List.copyOf(moves);
    audit = List.copyOf(audit);
    expires = Map.copyOf(expires);
  }

  /** Octets that ride in the transaction, about. */
  long weight() {
    long octets = 512;
    for (Entry entry : entries) {
      octets += 1024 + Math.min(entry.draft().content().length(), 1 << 20);
    }
    return octets;
  }
}
