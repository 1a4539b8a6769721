package org.heliograph.server.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heliograph.queue.Alarm;

/** The alarms that are raised now. Any thread may call. */
final class Alarms {
  private final Map<String, Alarm> raised = new TreeMap<>();

  synchronized void take(Alarm alarm) {
    String key = alarm.kind() + " " + alarm.subject();
    if (alarm.raised()) {
      raised.put(key, alarm);
    } else {
      raised.remove(key);
    }
  }

  synchronized List<Map<String, Object>> raised() {
    return raised.values().stream().map(Facts::of).toList();
  }
}
