package org.heliograph.server.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.model.AuditRow;

/**
 * The latest audit rows, for those who watch what happens now. What is older stands in the journal.
 * Any thread may call.
 */
final class EventFeed {
  /** Rows kept, and the most that one answer holds. */
  static final int KEPT = 4096;

  private final Deque<Event> latest = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long number;

  private record Event(long number, AuditRow row) {}

  /** Takes rows that have just become durable. */
  void add(List<AuditRow> rows) {
    lock.lock();
    try {
      for (AuditRow row : rows) {
        latest.addLast(new Event(++number, row));
        if (latest.size() > KEPT) {
          latest.removeFirst();
        }
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The rows behind number {@code after}, oldest first; waits up to {@code patience} for one.
   *
   * @return {@code events}, and {@code next} to ask for afterwards; {@code missed} rows were
   *     dropped
   */
  Map<String, Object> after(long after, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (number <= after && left > 0) {
        left = more.awaitNanos(left);
      }
      List<Map<String, Object>> events = new ArrayList<>();
      latest.stream().filter(e -> e.number() > after).forEach(e -> events.add(show(e)));
      long first = latest.isEmpty() ? number + 1 : latest.getFirst().number();
      Map<String, Object> answer = new HashMap<>();
      answer.put("events", events);
      answer.put("next", number);
      answer.put("missed", Math.max(0, first - after - 1));
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of("events", List.of(), "next", after, "missed", 0);
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, Object> show(Event event) {
    Map<String, Object> shown = show(event.row());
    shown.put("number", event.number());
    return shown;
  }

  /** A row as the local interface shows it. */
  static Map<String, Object> show(AuditRow row) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("at", row.at().toString());
    shown.put("event", row.event());
    shown.put("facts", row.facts());
    row.message().ifPresent(message -> shown.put("message", message.toString()));
    row.recipient().ifPresent(recipient -> shown.put("recipient", recipient.value()));
    return shown;
  }
}
