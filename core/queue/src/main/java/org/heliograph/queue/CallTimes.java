package org.heliograph.queue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a peer is called, by days of the week and times of day in UTC (scheduled associations). A
 * transfer that has begun is finished when the time is over.
 *
 * @param spans none: at any time
 */
public record CallTimes(List<Span> spans) {
  /** At any time. */
  public static final CallTimes ALWAYS = new CallTimes(List.of());

  private static final int DAY = 24 * 60;
  private static final int WEEK = 7;
  private static final Pattern FORM =
      Pattern.compile("(daily|[a-z]{3}(?:-[a-z]{3})?) ([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})");

  /**
   * A part of the day, on some days.
   *
   * @param days on which it begins
   * @param from minute of the day
   * @param to minute of the day, up to 1440; not after {@code from}: on the next day
   */
  public record Span(Set<DayOfWeek> days, int from, int to) {
    public Span {
      days = Set.copyOf(days);
    }

    /** Its length in minutes. */
    private int length() {
      return to > from ? to - from : to + DAY - from;
    }
  }

  public CallTimes {
    spans = List.copyOf(spans);
  }

  /**
   * Reads spans such as {@code mon-fri 08:00-18:00}, {@code sat 10:00-12:00} or {@code daily
   * 22:00-04:00} (which ends on the next day).
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static CallTimes parse(List<String> texts) {
    return new CallTimes(texts.stream().map(CallTimes::span).toList());
  }

  private static Span span(String text) {
    Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT).replaceAll(" +", " "));
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time to call; expected such as mon-fri 08:00-18:00");
    }
    int from = minute(text, m.group(2), m.group(3));
    int to = minute(text, m.group(4), m.group(5));
    if (from == DAY || from == to) {
      throw new IllegalArgumentException("'" + text + "' is no span of time");
    }
    return new Span(days(text, m.group(1)), from, to);
  }

  private static int minute(String text, String hours, String minutes) {
    int minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    if (Integer.parseInt(minutes) > 59 || minute > DAY) {
      throw new IllegalArgumentException(
          "'" + text + "': " + hours + ":" + minutes + " is no time of day; 00:00 to 24:00 are");
    }
    return minute;
  }

  private static Set<DayOfWeek> days(String text, String days) {
    if (days.equals("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    String[] ends = days.split("-", -1);
    DayOfWeek first = day(text, ends[0]);
    DayOfWeek last = day(text, ends[ends.length - 1]);
    Set<DayOfWeek> all = EnumSet.of(first);
    for (DayOfWeek day = first; day != last; ) {
      day = day.plus(1);
      all.add(day);
    }
    return all;
  }

  private static DayOfWeek day(String text, String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).startsWith(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "': '" + name + "' is no day; mon, tue, wed, thu, fri, sat and sun are");
  }

  /** Whether the peer may be called. */
  public boolean open(Instant now) {
    return !next(now).isAfter(now);
  }

  /** From when on the peer may be called; {@code now} if that is so already. */
  public Instant next(Instant now) {
    if (spans.isEmpty()) {
      return now;
    }
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    Instant first = Instant.MAX;
    for (Span span : spans) {
      for (int ahead = -1; ahead <= WEEK; ahead++) {
        LocalDate date = today.plusDays(ahead);
        Instant from =
            date.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofMinutes(span.from()));
        boolean over = !from.plus(Duration.ofMinutes(span.length())).isAfter(now);
        if (span.days().contains(date.getDayOfWeek()) && !over) {
          Instant start = from.isAfter(now) ? from : now;
          first = start.isBefore(first) ? start : first;
        }
      }
    }
    return first;
  }
}
