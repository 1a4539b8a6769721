package org.heliograph.smtp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a server offers in its answer to EHLO (RFC 5321 4.1.1.1).
 *
 * @param keywords in upper case, each with its parameters
 */
record Offers(Map<String, String> keywords) {
  Offers {
    keywords = Map.copyOf(keywords);
  }

  /** Of a server that only knows HELO. */
  static Offers none() {
    return new Offers(Map.of());
  }

  static Offers of(Reply hello) {
    Map<String, String> keywords = new HashMap<>();
    for (String line : hello.lines().subList(1, hello.lines().size())) {
      String text = line.strip();
      int space = text.indexOf(' ');
      String keyword = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
      keywords.putIfAbsent(keyword, space < 0 ? "" : text.substring(space + 1).strip());
    }
    return new Offers(keywords);
  }

  boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  boolean pipelining() {
    return has("PIPELINING");
  }

  boolean dsn() {
    return has("DSN");
  }

  boolean eightBitMime() {
    return has("8BITMIME");
  }

  /** The largest message it takes, where it says one (RFC 1870 6: 0 is no limit). */
  OptionalLong size() {
    String value = keywords.getOrDefault("SIZE", "");
    return value.matches("[1-9][0-9]{0,17}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }
}
