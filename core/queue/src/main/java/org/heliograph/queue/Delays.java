package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Stored;

/**
 * Tells mail originators who want to know (RFC 3461 NOTIFY=DELAY) that a message still waits, once,
 * after a time that may differ by precedence. Messages are numbered as they come, so each is looked
 * at once: how far that went is kept for each precedence. A message that its originator wanted to
 * be delivered later, and whose time has not come when it is looked at, is not told of.
 */
final class Delays {
  private static final int AT_ONCE = 500;

  private final Queue queue;
  private final DerbyStore store;
  private final RetrySettings retry;
  private final InstantSource clock;
  private final Map<Precedence, Long> upTo = new EnumMap<>(Precedence.class);

  Delays(Queue queue, RetrySettings retry, InstantSource clock) {
    this.queue = queue;
    this.store = queue.store();
    this.retry = retry;
    this.clock = clock;
  }

  /** One round. */
  void round() throws StoreUnavailable {
    for (Precedence precedence : Precedence.values()) {
      Optional<Duration> after = retry.delayNotice(precedence);
      if (after.isPresent()) {
        round(precedence, after.get());
      }
    }
  }

  private void round(Precedence precedence, Duration after) throws StoreUnavailable {
    Long known = upTo.get(precedence);
    long from = known == null ? store.delaysNoticed(precedence) : known;
    DerbyStore.Late late = store.late(precedence, from, clock.instant().minus(after), AT_ONCE);
    for (MessageId id : late.messages()) {
      notice(id);
    }
    upTo.put(precedence, late.upTo());
    if (late.upTo() > from) {
      store.delaysNoticed(precedence, late.upTo());
    }
  }

  private void notice(MessageId id) throws StoreUnavailable {
    Optional<Stored> message = store.load(id);
    Instant now = clock.instant();
    if (message.isEmpty()
        || message.get().envelope().deferUntil().filter(now::isBefore).isPresent()) {
      return;
    }
    try {
      queue.noticeDelay(message.get(), now);
    } catch (StaleClaim e) {
      throw new IllegalStateException("this start's own claim", e);
    }
  }
}
