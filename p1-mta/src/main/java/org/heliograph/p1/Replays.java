package org.heliograph.p1;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens that were taken, until their time is over. Of a bounded number: when it is full, no token
 * is taken rather than one twice. Only who has a believed key can fill it. Thread-safe.
 */
final class Replays {
  /** Tokens of a busy hour of binds, at a few hundred octets each. */
  static final int MOST = 10_000;

  /** What is known of a token. */
  enum Verdict {
    FRESH,
    SEEN,
    FULL
  }

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Instant> until = new HashMap<>();

  Replays(int most) {
    this.most = most;
  }

  /**
   * Notes a token.
   *
   * @param over when it would not be taken any more in any case
   */
  Verdict note(String token, Instant now, Instant over) {
    lock.lock();
    try {
      if (until.containsKey(token)) {
        return Verdict.SEEN;
      }
      if (until.size() >= most) {
        until.values().removeIf(now::isAfter);
        if (until.size() >= most) {
          return Verdict.FULL;
        }
      }
      until.put(token, over);
      return Verdict.FRESH;
    } finally {
      lock.unlock();
    }
  }
}
