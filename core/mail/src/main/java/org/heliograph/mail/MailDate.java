package org.heliograph.mail;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of header fields (RFC 5322 3.3, with the obsolete forms of 4.3); offsets are kept. */
public final class MailDate {
  private static final Pattern DATE =
      Pattern.compile(
          "(?:[A-Za-z]{3,9}\\s*,\\s*)?(\\d{1,2})\\s+([A-Za-z]{3,9})\\s+(\\d{2,4})\\s+"
              + "(\\d{1,2})\\s*:\\s*(\\d{2})(?:\\s*:\\s*(\\d{2}))?\\s*([+-]\\d{4}|[A-Za-z]{1,5})?.*");
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

  private MailDate() {}

  /** Reads a date; comments are passed over; empty if it is none. */
  public static Optional<OffsetDateTime> parse(String body) {
    Matcher m = DATE.matcher(withoutComments(body));
    if (!m.matches()) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(m.group(2).substring(0, 3).toLowerCase(Locale.ROOT));
    if (month < 0 || month % 3 != 0) {
      return Optional.empty();
    }
    int year = Integer.parseInt(m.group(3));
    if (m.group(3).length() == 2) {
      year += year < 50 ? 2000 : 1900; // RFC 5322 4.3
    } else if (m.group(3).length() == 3) {
      year += 1900;
    }
    try {
      int second = m.group(6) == null ? 0 : Math.min(59, Integer.parseInt(m.group(6)));
      return Optional.of(
          OffsetDateTime.of(
              year,
              month / 3 + 1,
              Integer.parseInt(m.group(1)),
              Integer.parseInt(m.group(4)),
              Integer.parseInt(m.group(5)),
              second,
              0,
              offset(m.group(7) == null ? "" : m.group(7))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZoneOffset offset(String zone) {
    if (zone.startsWith("+") || zone.startsWith("-")) {
      int hours = Integer.parseInt(zone.substring(1, 3));
      int minutes = Integer.parseInt(zone.substring(3, 5));
      int sign = zone.charAt(0) == '-' ? -1 : 1;
      return ZoneOffset.ofTotalSeconds(sign * (hours * 3600 + minutes * 60));
    }
    return ZoneOffset.ofHours(ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
  }

  private static String withoutComments(String body) {
    Lexer lexer = new Lexer(body);
    StringBuilder plain = new StringBuilder();
    while (!lexer.atEnd()) {
      if (lexer.skip()) {
        plain.append(' ');
      }
      if (!lexer.atEnd()) {
        plain.append(lexer.next());
      }
    }
    return plain.toString().strip();
  }

  /** The form of RFC 5322 3.3. */
  public static String format(OffsetDateTime date) {
    return FORM.format(date);
  }
}
