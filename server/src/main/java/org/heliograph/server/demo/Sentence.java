package org.heliograph.server.demo;

import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Show;

/**
 * Says an event of a switch in a line for people; what only concerns the queue itself is left out.
 */
final class Sentence {
  private static final int MOST = 220;

  private final Map<?, ?> facts;

  private Sentence(Map<?, ?> facts) {
    this.facts = facts;
  }

  /** The line; empty for an event that is not worth one. */
  static Optional<String> of(String event, Map<?, ?> facts) {
    Sentence say = new Sentence(facts);
    return switch (event) {
      case "accepted" -> say.accepted();
      case "converted" -> Optional.of(say.converted());
      case "wrapped" -> Optional.of(say.wrapped());
      case "unwrapped" -> Optional.of(say.unwrapped());
      case "transferred", "relayed", "delivered" -> Optional.of(say.done(event));
      case "failed" ->
          Optional.of("failed: " + say.fact("why") + say.given(", they said: ", "remote-said"));
      case "reported" ->
          Optional.of("report made: " + say.fact("about") + " (" + say.fact("report") + ")");
      case "report-rewritten" ->
          Optional.of(
              "report " + say.fact("report") + " now speaks of this message, as it was received");
      case "deferred", "held" ->
          Optional.of(event + ": " + say.fact("why") + say.given("", "reason"));
      case "made", "reshaped", "planned" -> Optional.empty();
      default -> Optional.of(event + " " + facts);
    };
  }

  private Optional<String> accepted() {
    String channel = fact("channel");
    if (channel.equals("queue")) {
      return Optional.empty();
    }
    String names =
        given(", ENVID ", "envelope-id") + given(", MTS-id ", "mts-identifier") + label(", ");
    String kind = fact("kind").equals("report") ? "a report" : content(fact("content-type"));
    return Optional.of(
        "accepted by "
            + channel
            + ": "
            + kind
            + ", "
            + fact("octets")
            + " octets, "
            + fact("precedence")
            + ", for "
            + fact("to")
            + names);
  }

  private String converted() {
    return "mapped "
        + content(fact("from"))
        + " to "
        + content(fact("to"))
        + sizes()
        + given(", parts ", "parts")
        + took();
  }

  private String wrapped() {
    return "wrapped "
        + layers()
        + ": signatures "
        + fact("signature")
        + ", content "
        + fact("encryption")
        + ", keys for "
        + fact("keys-for")
        + label(", ")
        + sizes()
        + took();
  }

  private String unwrapped() {
    return "opened "
        + layers()
        + ": outer signature "
        + fact("outer-signature")
        + " (path "
        + fact("outer-path")
        + "), content "
        + fact("encryption")
        + ", inner signature "
        + fact("inner-signature")
        + " (path "
        + fact("inner-path")
        + ")"
        + label(", ")
        + sizes()
        + took();
  }

  /** {@code signed(enveloped(signed(22)))} with the name of the content in the middle. */
  private String layers() {
    String layers = fact("layers");
    int open = layers.lastIndexOf('(');
    int close = layers.indexOf(')');
    return open < 0 || close < open
        ? layers
        : layers.substring(0, open + 1)
            + content(layers.substring(open + 1, close))
            + layers.substring(close);
  }

  private String done(String event) {
    return event
        + given(" to ", "remote")
        + given(": ", "reply")
        + given(", step ", "step")
        + took();
  }

  private String label(String before) {
    String label = fact("label");
    return label.isEmpty() || label.equals("none") ? "" : before + "label " + label;
  }

  private String sizes() {
    String in = fact("octets-in");
    return in.isEmpty() || in.equals("0")
        ? ""
        : ", " + in + " to " + fact("octets-out") + " octets";
  }

  private String took() {
    String ms = facts.containsKey("ms-here") ? fact("ms-here") : fact("ms");
    return ms.isEmpty() ? "" : ", " + ms + " ms";
  }

  /** Content types by the names they go by. */
  private static String content(String type) {
    return switch (type) {
      case "2" -> "P2";
      case "22" -> "P22";
      case "1.3.26.0.4406.0.4.1" -> "P772";
      case "1.2.840.113549.1.9.16.1.6" -> "CMS";
      case "x400-report" -> "X.400 report";
      case "mail-report" -> "mail report";
      case "dsn" -> "DSN";
      default -> type;
    };
  }

  private String given(String before, String key) {
    String value = fact(key);
    return value.isEmpty() ? "" : before + value;
  }

  private String fact(String key) {
    Object value = facts.get(key);
    return value == null ? "" : Show.safe(String.valueOf(value), MOST);
  }
}
