package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.asn1.Wire.decode;
import static org.heliograph.asn1.Wire.refusal;
import static org.heliograph.asn1.Wire.same;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UTCTime and GeneralizedTime: X.680 clauses 46 and 47. */
class TimeTest {
  @ParameterizedTest
  @CsvSource({
    "261123121821Z, 2026-11-23T12:18:21Z",
    "2611231218Z, 2026-11-23T12:18:00Z",
    "261123121821+0130, 2026-11-23T10:48:21Z",
    "2611231218-0500, 2026-11-23T17:18:00Z",
    "500101000000Z, 1950-01-01T00:00:00Z",
    "491231235959Z, 2049-12-31T23:59:59Z",
    "240229000000Z, 2024-02-29T00:00:00Z"
  })
  void utcTime(String text, Instant instant) throws Exception {
    Time time = new Time(false, text);
    assertThat(time.instant()).isEqualTo(instant);
    same(
        Codecs.UTC_TIME,
        time,
        "17",
        String.format("%02x", text.length()),
        Octets.utf8(text).hex(99));
  }

  @ParameterizedTest
  @CsvSource({
    "20261123121821Z, 2026-11-23T12:18:21Z",
    "2026112312Z, 2026-11-23T12:00:00Z",
    "202611231218Z, 2026-11-23T12:18:00Z",
    "20261123121821.25Z, 2026-11-23T12:18:21.250Z",
    "'20261123121821,5+01', 2026-11-23T11:18:21.500Z",
    "202611231218.5Z, 2026-11-23T12:18:30Z",
    "2026112312.5Z, 2026-11-23T12:30:00Z",
    "20261123121821, 2026-11-23T12:18:21Z",
    "20261123121821-0330, 2026-11-23T15:48:21Z"
  })
  void generalizedTime(String text, Instant instant) throws Exception {
    Time time = new Time(true, text);
    assertThat(time.instant()).isEqualTo(instant);
    same(
        Codecs.GENERALIZED_TIME,
        time,
        "18",
        String.format("%02x", text.length()),
        Octets.utf8(text).hex(99));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "261123121821",
        "261323121821Z",
        "261131121821Z",
        "260230000000Z",
        "261123241821Z",
        "261123126021Z",
        "261123121821+2500",
        "261123121821+01",
        "26112312182Z",
        "261123121821ZZ",
        "26112312182aZ",
        "+61123121821Z"
      })
  void malformedUtcTime(String text) {
    assertThat(
            refusal(
                Codecs.UTC_TIME,
                "17",
                String.format("%02x", text.length()),
                Octets.utf8(text).hex(99)))
        .isEqualTo("octet 0: no valid UTCTime");
  }

  @Test
  void offsetAsWritten() {
    assertThat(new Time(false, "261123121821+0130").offset())
        .contains(ZoneOffset.ofHoursMinutes(1, 30));
    assertThat(new Time(false, "261123121821Z").offset()).contains(ZoneOffset.UTC);
    assertThat(new Time(true, "20261123121821").offset()).isEmpty();
  }

  @Test
  void fromInstants() {
    Instant instant = Instant.parse("2026-11-23T12:18:21.999Z");
    assertThat(Time.utc(instant).text()).isEqualTo("261123121821Z");
    assertThat(Time.generalized(instant).text()).isEqualTo("20261123121821Z");
  }

  @Test
  void constructedAndTooLong() throws Exception {
    assertThat(
            decode(Codecs.UTC_TIME, "37 11", "04 06 323631313233", "04 07 3132313832315A").text())
        .isEqualTo("261123121821Z");
    assertThat(refusal(Codecs.UTC_TIME, "17 29", "31".repeat(41))).contains("time of 41 octets");
  }
}
