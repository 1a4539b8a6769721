package org.heliograph.x400;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.heliograph.asn1.Time;

/** UTCTime between ASN.1 and the model; the zone offset survives. */
final class Times {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyMMddHHmmss");
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

  private Times() {}

  static OffsetDateTime read(Time time) {
    return time.instant().atOffset(time.offset().orElse(ZoneOffset.UTC));
  }

  static Time write(OffsetDateTime time) {
    String zone = time.getOffset().equals(ZoneOffset.UTC) ? "Z" : OFFSET.format(time);
    return new Time(false, LOCAL.format(time) + zone);
  }

  static Time write(Instant time) {
    return Time.utc(time);
  }
}
