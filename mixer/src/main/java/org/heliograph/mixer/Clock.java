package org.heliograph.mixer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.heliograph.asn1.Time;
import org.heliograph.mail.MailDate;

/** Dates of mail as UTCTime and back, with their offsets (RFC 2156 3.3.5). */
final class Clock {
  private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyMMddHHmmss");

  private Clock() {}

  /** The UTCTime of {@code date}; empty outside of 1950 to 2049, which two digits cannot say. */
  static Optional<Time> utc(OffsetDateTime date) {
    if (date.getYear() < 1950 || date.getYear() > 2049) {
      return Optional.empty();
    }
    ZoneOffset offset = date.getOffset();
    int minutes = offset.getTotalSeconds() / 60;
    String zone =
        minutes == 0
            ? "Z"
            : String.format(
                java.util.Locale.ROOT,
                "%s%02d%02d",
                minutes < 0 ? "-" : "+",
                Math.abs(minutes) / 60,
                Math.abs(minutes) % 60);
    return Optional.of(new Time(false, PLAIN.format(date) + zone));
  }

  /** The date of {@code time}, with the offset it was written with. */
  static OffsetDateTime date(Time time) {
    return time.instant().atOffset(time.offset().orElse(ZoneOffset.UTC));
  }

  static String text(Time time) {
    return MailDate.format(date(time));
  }

  static String text(Instant at) {
    return MailDate.format(at.atOffset(ZoneOffset.UTC));
  }
}
