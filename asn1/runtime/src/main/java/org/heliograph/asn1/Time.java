package org.heliograph.asn1;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A UTCTime or GeneralizedTime (X.680 clauses 46 and 47) as it was written: offset, precision and
 * the absence of seconds survive.
 *
 * @param generalized whether it is a GeneralizedTime
 * @param text the characters as on the wire, checked to be a time
 */
public record Time(boolean generalized, String text) {
  private static final Pattern UTC =
      Pattern.compile("(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)?(Z|[+-]\\d{4})");
  private static final Pattern GENERALIZED =
      Pattern.compile(
          "(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(?:(\\d\\d)(\\d\\d)?)?(?:[.,](\\d{1,9}))?(Z|[+-]\\d\\d(?:\\d\\d)?)?");
  private static final DateTimeFormatter UTC_FORMAT =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED_FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  /**
   * @throws IllegalArgumentException when the text is no such time
   */
  public Time {
    parse(generalized, text);
  }

  /** A UTCTime to the second. Years 1950 to 2049. */
  public static Time utc(Instant instant) {
    return new Time(false, UTC_FORMAT.format(instant.atOffset(ZoneOffset.UTC)));
  }

  /** A GeneralizedTime to the second. */
  public static Time generalized(Instant instant) {
    return new Time(true, GENERALIZED_FORMAT.format(instant.atOffset(ZoneOffset.UTC)));
  }

  /**
   * The instant; a GeneralizedTime without offset is taken as UTC. Two-digit years from 50 are
   * 19xx.
   */
  public Instant instant() {
    return parse(generalized, text);
  }

  /** The offset as written; empty for local time. */
  public Optional<ZoneOffset> offset() {
    int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    if (sign > 0) {
      return Optional.of(ZoneOffset.of(text.substring(sign)));
    }
    return text.endsWith("Z") ? Optional.of(ZoneOffset.UTC) : Optional.empty();
  }

  static Time read(BerReader in, boolean generalized) throws DecodeException {
    long start = in.start();
    Octets octets = StringCodec.octets(in, Tag.OCTET_STRING);
    if (octets.length() > 40) {
      throw new DecodeException(start, "time of " + octets.length() + " octets");
    }
    String text = new String(octets.toByteArray(), StandardCharsets.US_ASCII);
    try {
      return new Time(generalized, text);
    } catch (IllegalArgumentException e) {
      throw new DecodeException(start, "no valid " + (generalized ? "GeneralizedTime" : "UTCTime"));
    }
  }

  private static Instant parse(boolean generalized, String text) {
    Matcher m = (generalized ? GENERALIZED : UTC).matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("no time: " + text);
    }
    try {
      int year = Integer.parseInt(m.group(1));
      int full = generalized ? year : year < 50 ? 2000 + year : 1900 + year;
      LocalDateTime whole =
          LocalDateTime.of(
              full, number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
      String zone = m.group(generalized ? 8 : 7);
      ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
      return whole.plusNanos(generalized ? fraction(m) : 0).toInstant(offset);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  private static int number(Matcher m, int group) {
    String digits = m.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** The decimal fraction is of the smallest unit written: hour, minute or second. */
  private static long fraction(Matcher m) {
    String digits = m.group(7);
    if (digits == null) {
      return 0;
    }
    long seconds = m.group(6) != null ? 1 : m.group(5) != null ? 60 : 3600;
    long nanos = Long.parseLong(digits.concat("000000000").substring(0, 9));
    return nanos * seconds;
  }
}
