package org.heliograph.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.heliograph.model.AuditRow;
import org.heliograph.model.MessageId;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final Meter meter = new Meter();

  private void row(long message, String event, long ms) {
    meter.take(
        List.of(
            new AuditRow(
                Optional.of(new MessageId(message)),
                Optional.empty(),
                Instant.EPOCH.plusMillis(ms),
                event,
                Map.of())));
  }

  private double figure(String key) {
    return ((Number) meter.figures().getOrDefault(key, -1)).doubleValue();
  }

  @Test
  void tellsQuantilesWithinTheWidthOfAClass() {
    for (int i = 1; i <= 100; i++) {
      row(i, "accepted", 0);
      row(i, "transferred", i);
    }
    assertThat(figure("served")).isEqualTo(100);
    assertThat(figure("p50_ms")).isCloseTo(50, Percentage.withPercentage(5.1));
    assertThat(figure("p99_ms")).isCloseTo(99, Percentage.withPercentage(5.1));
  }

  @Test
  void countsAMessageOnceAndBeginsAnew() {
    row(1, "accepted", 0);
    row(1, "delivered", 10);
    row(1, "delivered", 20);
    row(2, "transferred", 20);
    assertThat(figure("served")).isEqualTo(1);
    meter.reset();
    assertThat(figure("served")).isZero();
    assertThat(figure("p99_ms")).isZero();
    assertThat(figure("peak_heap")).isPositive();
  }
}
