package org.heliograph.server.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells what happens, a line for each event, as it happens. Any thread may call. */
final class Narrator {
  private final PrintWriter out;
  private final boolean silent;
  private final boolean colour;
  private final Instant start = Instant.now();

  Narrator(PrintWriter out, boolean silent, boolean colour) {
    this.out = out;
    this.silent = silent;
    this.colour = colour;
  }

  /** Something that the demonstration itself does. */
  synchronized void say(String text) {
    if (!silent) {
      out.println(at(Instant.now()) + painted("36", pad("demo")) + text);
    }
  }

  /** An empty line and a headline. */
  synchronized void chapter(String text) {
    if (!silent) {
      out.println();
      out.println(painted("1", text));
    }
  }

  /** An event of a switch. */
  synchronized void event(String place, Map<String, Object> event) {
    if (silent) {
      return;
    }
    Map<?, ?> facts = event.get("facts") instanceof Map<?, ?> given ? given : Map.of();
    Optional<String> told = Sentence.of(String.valueOf(event.get("event")), facts);
    if (told.isEmpty()) {
      return;
    }
    String message = String.valueOf(event.getOrDefault("message", ""));
    String recipient = event.containsKey("recipient") ? "/" + event.get("recipient") : "";
    out.println(
        at(Instant.parse(String.valueOf(event.get("at"))))
            + painted(place.equals("alpha") ? "33" : "35", pad(place))
            + pad(message + recipient)
            + told.get());
  }

  /** A check that was made. */
  synchronized void check(Check check) {
    if (!silent) {
      String sign = check.held() ? painted("32", "  held  ") : painted("31", "  FAILED");
      out.println(sign + "  " + check.about() + ": " + check.what() + ": " + check.detail());
    }
  }

  /** The last line. */
  synchronized void verdict(boolean held, String text) {
    if (!silent) {
      out.println();
      out.println(painted(held ? "1;32" : "1;31", text));
    }
  }

  private String at(Instant time) {
    double seconds = Duration.between(start, time).toMillis() / 1000.0;
    return String.format(Locale.ROOT, "%7.3f  ", Math.max(0, seconds));
  }

  private static String pad(String text) {
    return text + " ".repeat(Math.max(1, 8 - text.length()));
  }

  private String painted(String code, String text) {
    return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}
