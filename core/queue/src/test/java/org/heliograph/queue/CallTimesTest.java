package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a peer is called. 2026-11-25 is a Wednesday. */
class CallTimesTest {
  @ParameterizedTest
  @CsvSource({
    "mon-fri 08:00-18:00, 2026-11-25T08:00:00Z, 2026-11-25T08:00:00Z",
    "mon-fri 08:00-18:00, 2026-11-25T17:59:59Z, 2026-11-25T17:59:59Z",
    "mon-fri 08:00-18:00, 2026-11-25T18:00:00Z, 2026-11-26T08:00:00Z",
    "mon-fri 08:00-18:00, 2026-11-25T07:00:00Z, 2026-11-25T08:00:00Z",
    "mon-fri 08:00-18:00, 2026-11-27T19:00:00Z, 2026-11-30T08:00:00Z",
    "Wed 08:00-09:00,     2026-11-25T09:00:00Z, 2026-12-02T08:00:00Z",
    "fri-mon 10:00-24:00, 2026-11-25T12:00:00Z, 2026-11-27T10:00:00Z",
    "fri-mon 10:00-24:00, 2026-11-29T23:59:00Z, 2026-11-29T23:59:00Z",
    "daily 22:00-04:00,   2026-11-25T03:59:00Z, 2026-11-25T03:59:00Z",
    "daily 22:00-04:00,   2026-11-25T04:00:00Z, 2026-11-25T22:00:00Z",
    "tue 22:00-04:00,     2026-11-25T01:00:00Z, 2026-11-25T01:00:00Z",
    "tue 22:00-04:00,     2026-11-26T01:00:00Z, 2026-12-01T22:00:00Z",
  })
  void opensWhenItSays(String text, Instant now, Instant next) {
    CallTimes times = CallTimes.parse(List.of(text));
    assertThat(times.next(now)).isEqualTo(next);
    assertThat(times.open(now)).isEqualTo(next.equals(now));
  }

  @Test
  void theEarliestSpanCountsAndNoneIsAlways() {
    Instant now = Instant.parse("2026-11-25T12:00:00Z");
    CallTimes two = CallTimes.parse(List.of("sat 10:00-12:00", "thu 06:00-07:00"));
    assertThat(two.next(now)).isEqualTo(Instant.parse("2026-11-26T06:00:00Z"));
    assertThat(CallTimes.ALWAYS.open(now)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "08:00-18:00",
        "mon 8-18",
        "foo 08:00-18:00",
        "mon 08:60-18:00",
        "mon 08:00-24:01",
        "mon 24:00-08:00",
        "mon 08:00-08:00"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> CallTimes.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
