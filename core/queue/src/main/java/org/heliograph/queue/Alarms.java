package org.heliograph.queue;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.model.AuditRow;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners and the log; remembers which alarms stand. Any thread may call. */
final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final InstantSource clock;
  private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Alarm> standing = new LinkedHashMap<>();

  Alarms(InstantSource clock) {
    this.clock = clock;
  }

  void listen(EngineListener listener) {
    listeners.add(listener);
  }

  void raise(Alarm.Kind kind, String subject, String text) {
    Alarm alarm = new Alarm(kind, subject, true, clock.instant(), text);
    synchronized (standing) {
      if (standing.putIfAbsent(kind + " " + subject, alarm) != null) {
        return;
      }
    }
    LOG.warn("alarm {} {}: {}", kind, subject, text);
    tell(alarm);
  }

  void storeFails(StoreUnavailable e) {
    raise(Alarm.Kind.STORE_UNAVAILABLE, "", String.valueOf(e.getMessage()));
  }

  /** An alarm that does not stand: it tells of something that happened. */
  void happened(Alarm.Kind kind, String subject, String text) {
    LOG.warn("alarm {} {}: {}", kind, subject, text);
    tell(new Alarm(kind, subject, true, clock.instant(), text));
  }

  void clear(Alarm.Kind kind, String subject) {
    synchronized (standing) {
      if (standing.remove(kind + " " + subject) == null) {
        return;
      }
    }
    LOG.info("alarm {} {} is over", kind, subject);
    tell(new Alarm(kind, subject, false, clock.instant(), "over"));
  }

  List<Alarm> standing() {
    synchronized (standing) {
      return List.copyOf(standing.values());
    }
  }

  void audit(List<AuditRow> rows) {
    for (EngineListener listener : listeners) {
      try {
        listener.audit(rows);
      } catch (RuntimeException e) {
        LOG.error("a listener failed", e);
      }
    }
  }

  private void tell(Alarm alarm) {
    for (EngineListener listener : listeners) {
      try {
        listener.alarm(alarm);
      } catch (RuntimeException e) {
        LOG.error("a listener failed", e);
      }
    }
  }
}
