package org.heliograph.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Show;

/**
 * A command line, taken apart (RFC 5321 4.1.1).
 *
 * @param verb in upper case
 * @param argument what follows the verb, without white space around it
 */
record Command(String verb, String argument) {
  private static final int MAX_PARAMETERS = 20;

  static Command of(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? new Command(line.toUpperCase(Locale.ROOT), "")
        : new Command(
            line.substring(0, space).toUpperCase(Locale.ROOT), line.substring(space + 1).strip());
  }

  /**
   * A path and what stands behind it.
   *
   * @param mailbox empty for {@code <>}
   * @param postmaster {@code <Postmaster>}, which needs no domain (RFC 5321 4.5.1)
   * @param parameters by upper-case name; the value is empty where there is none
   */
  record Path(Optional<Mailbox> mailbox, boolean postmaster, Map<String, String> parameters) {}

  /**
   * Reads {@code FROM:<path> parameters} or {@code TO:<path> parameters}. A source route is passed
   * over, as RFC 5321 4.1.1.3 allows.
   */
  Path path(String word) throws Refused {
    if (!argument.regionMatches(true, 0, word, 0, word.length())) {
      throw new Refused(501, "5.5.4", "expected " + verb + " " + word + "<address>");
    }
    String rest = argument.substring(word.length()).stripLeading();
    int close = rest.startsWith("<") ? closing(rest) : -1;
    if (close < 0) {
      throw new Refused(501, "5.5.4", "the address must stand in angle brackets");
    }
    String inside = rest.substring(1, close);
    Map<String, String> parameters = parameters(rest.substring(close + 1));
    if (inside.isEmpty()) {
      return new Path(Optional.empty(), false, parameters);
    }
    if (inside.equalsIgnoreCase("postmaster")) {
      return new Path(Optional.empty(), true, parameters);
    }
    return new Path(Optional.of(mailbox(inside)), false, parameters);
  }

  private Mailbox mailbox(String inside) throws Refused {
    boolean sender = verb.equals("MAIL");
    if (inside.chars().anyMatch(c -> c > 0x7E || c < 0x20)) {
      throw new Refused(553, "5.6.7", "an address beyond US-ASCII needs SMTPUTF8, not offered");
    }
    String address = inside;
    if (address.startsWith("@")) {
      int colon = address.indexOf(':');
      address = colon < 0 ? "" : address.substring(colon + 1);
    }
    try {
      return Mailbox.parse(address);
    } catch (IllegalArgumentException e) {
      throw new Refused(553, sender ? "5.1.7" : "5.1.3", "no address: " + e.getMessage());
    }
  }

  /** Where the path ends: brackets inside quotes are part of it. */
  private static int closing(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static Map<String, String> parameters(String text) throws Refused {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!text.isEmpty() && !text.startsWith(" ")) {
      throw new Refused(501, "5.5.4", "a space must stand behind the address");
    }
    for (String word : text.strip().split(" +")) {
      if (word.isEmpty()) {
        continue;
      }
      int equals = word.indexOf('=');
      String name = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (!name.matches("[A-Z0-9][A-Z0-9-]*") || (equals >= 0 && value.isEmpty())) {
        throw new Refused(501, "5.5.4", "no parameter: " + Show.safe(word, 40));
      }
      if (parameters.put(name, value) != null || parameters.size() > MAX_PARAMETERS) {
        throw new Refused(501, "5.5.4", name + " is there twice, or there are too many");
      }
    }
    return parameters;
  }
}
