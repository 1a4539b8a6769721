package org.heliograph.server.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.heliograph.server.local.LocalClient;

/** Follows the events of a switch by its local interface, on a thread of its own. */
final class Watch implements AutoCloseable {
  private final String place;
  private final LocalClient client;
  private final BiConsumer<String, Map<String, Object>> told;
  private volatile boolean closed;

  /**
   * @param place what the switch is called
   * @param told hears of each event, with the place
   */
  Watch(String place, LocalClient client, BiConsumer<String, Map<String, Object>> told) {
    this.place = place;
    this.client = client;
    this.told = told;
    Thread.ofPlatform().daemon().name("watch-" + place).start(this::follow);
  }

  private void follow() {
    long next = 0;
    while (!closed) {
      try {
        Map<String, Object> answer =
            client.get("/events", Map.of("after", Long.toString(next), "wait", "1000"));
        next = ((Number) answer.getOrDefault("next", next)).longValue();
        for (Object event : (List<?>) answer.getOrDefault("events", List.of())) {
          told.accept(place, typed(event));
        }
      } catch (IOException | IllegalArgumentException e) {
        // The switch has gone, or goes: there is nothing more to tell.
        return;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> typed(Object event) {
    return (Map<String, Object>) event;
  }

  @Override
  public void close() {
    closed = true;
  }
}
