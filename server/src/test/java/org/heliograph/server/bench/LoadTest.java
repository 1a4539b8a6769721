package org.heliograph.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void theSinkCountsWhatTheSourceSends() throws Exception {
    try (OwnLoad load = new OwnLoad()) {
      load.send(load.sink(), 200, 2048, 7);
      assertThat(load.arrived()).isEqualTo(200);
    }
  }

  @Test
  void messagesHaveTheSizeAskedFor() {
    assertThat(OwnLoad.message(7, 2048)).hasSizeBetween(2040, 2052);
  }

  @Test
  void figuresAreRates() {
    Figures figures =
        new Figures("smtp", 1000, 2000, 8, 4, 1, 2, 50_000_000, 0.7, Optional.of(125.0));
    assertThat(figures.facts())
        .containsEntry("messages_per_second", 250.0)
        .containsEntry("megabytes_per_second", 0.5)
        .containsEntry("peak_heap_mb", 50.0)
        .containsEntry("against_messages_per_second", 125.0)
        .containsEntry("ratio", 2.0);
  }
}
