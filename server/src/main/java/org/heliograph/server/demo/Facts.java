package org.heliograph.server.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.server.json.Json;

/** What {@code demo --json} prints. */
final class Facts {
  private Facts() {}

  static String json(
      boolean held,
      double seconds,
      List<Check> checks,
      List<Map<String, Object>> events,
      Site site) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("held", held);
    facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
    facts.put("checks", checks.stream().map(Check::facts).toList());
    facts.put("events", events);
    facts.put("directory", site.root().toString());
    return Json.write(facts);
  }
}
