package org.heliograph.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.Precedence;
import org.junit.jupiter.api.Test;

class FactsTest {
  private record Inner(int attempts, Optional<String> why) {}

  private record Outer(
      MessageId message,
      Mailbox originator,
      Precedence precedence,
      Instant notBefore,
      List<Inner> recipients,
      Optional<String> absent,
      Map<String, Integer> counts,
      boolean held) {}

  @Test
  void recordsBecomeObjects() {
    Outer value =
        new Outer(
            new MessageId(46),
            Mailbox.parse("a@b.example"),
            Precedence.FLASH,
            Instant.EPOCH,
            List.of(new Inner(2, Optional.of("busy")), new Inner(0, Optional.empty())),
            Optional.empty(),
            Map.of("a", 1),
            false);
    assertThat(Facts.of(value))
        .isEqualTo(
            Map.of(
                "message", "M1A",
                "originator", "a@b.example",
                "precedence", "flash",
                "not-before", "1970-01-01T00:00:00Z",
                "recipients", List.of(Map.of("attempts", 2, "why", "busy"), Map.of("attempts", 0)),
                "counts", Map.of("a", 1),
                "held", false));
  }
}
