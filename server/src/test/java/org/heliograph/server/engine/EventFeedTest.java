package org.heliograph.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.heliograph.model.AuditRow;
import org.heliograph.model.MessageId;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final EventFeed feed = new EventFeed();

  private static AuditRow row(String event) {
    return new AuditRow(
        Optional.of(new MessageId(1)),
        Optional.empty(),
        Instant.EPOCH,
        event,
        Map.of("octets", "5"));
  }

  private static List<?> events(Map<String, Object> answer) {
    return (List<?>) answer.getOrDefault("events", List.of());
  }

  @Test
  void givesWhatIsBehindANumber() {
    feed.add(List.of(row("accepted"), row("transferred")));
    Map<String, Object> all = feed.after(0, Duration.ZERO);
    assertThat(events(all)).hasSize(2);
    assertThat(all).containsEntry("next", 2L).containsEntry("missed", 0L);
    assertThat(events(feed.after(1, Duration.ZERO))).hasSize(1);
    assertThat(events(feed.after(2, Duration.ZERO))).isEmpty();
  }

  @Test
  void waitsForTheNext() throws Exception {
    CompletableFuture<Map<String, Object>> waiting =
        CompletableFuture.supplyAsync(() -> feed.after(0, Duration.ofSeconds(30)));
    feed.add(List.of(row("accepted")));
    assertThat(events(waiting.get(20, TimeUnit.SECONDS))).hasSize(1);
  }

  @Test
  void saysHowManyWereDropped() {
    feed.add(IntStream.range(0, EventFeed.KEPT + 10).mapToObj(i -> row("e" + i)).toList());
    assertThat(feed.after(0, Duration.ZERO)).containsEntry("missed", 10L);
    assertThat(events(feed.after(0, Duration.ZERO))).hasSize(EventFeed.KEPT);
  }
}
