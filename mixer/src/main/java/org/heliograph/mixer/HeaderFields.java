package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MmhsFields;

/**
 * The fields of a header that a heading has components for, by name; all others, and what no
 * component takes, become lines of the rfc-822-field extension (RFC 2156 5.1.2, 5.1.3).
 */
final class HeaderFields {
  /** Fields that say what X.400 says anew (RFC 2156 5.1.7), and what the envelope says. */
  private static final Set<String> DROPPED =
      Set.of(
          "x400-originator",
          "x400-recipients",
          "x400-mts-identifier",
          "x400-content-type",
          "message-type",
          "discarded-x400-mts-extensions",
          "discarded-x400-ipms-extensions",
          "return-path");

  /** Fields that the envelope of a message takes over; in a nested message they are carried. */
  private static final Set<String> ENVELOPE =
      Set.of(
          "received",
          "x400-received",
          "date",
          "priority",
          "conversion",
          "conversion-with-loss",
          "dl-expansion-history",
          "x400-content-identifier",
          "sio-label");

  private static final Set<String> KNOWN =
      Set.of(
          "message-id",
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "in-reply-to",
          "references",
          "supersedes",
          "obsoletes",
          "subject",
          "content-language",
          "importance",
          "sensitivity",
          "expires",
          "expiry-date",
          "reply-by",
          "autoforwarded",
          "autosubmitted",
          "incomplete-copy",
          "disposition-notification-to");

  private final Map<String, List<String>> bodies = new LinkedHashMap<>();
  private final List<String> carried = new ArrayList<>();

  /**
   * Sorts a header.
   *
   * @param nested whether it is of a forwarded message, which has no envelope
   */
  HeaderFields(Header header, boolean nested) {
    for (HeaderField field : header.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (KNOWN.contains(name)) {
        bodies.computeIfAbsent(name, n -> new ArrayList<>()).add(field.body());
      } else if (ENVELOPE.contains(name)) {
        if (nested) {
          carried.add(PartFields.line(field));
        }
      } else if (!DROPPED.contains(name)
          && !name.startsWith("content-")
          && !name.equals("mime-version")
          && !field.is(KeptHeading.FIELD)
          && !field.is(KeptNotification.FIELD)
          && !MmhsFields.isMilitary(name)) {
        carried.add(PartFields.line(field));
      }
    }
  }

  /** Whether a field, lower case, is of the envelope, made anew, or of this gateway's own. */
  static boolean isTransient(String name) {
    return DROPPED.contains(name)
        || ENVELOPE.contains(name)
        || name.equalsIgnoreCase(KeptHeading.FIELD)
        || name.equalsIgnoreCase(KeptNotification.FIELD);
  }

  /** Lines for the extension, in order. */
  List<String> carried() {
    return carried;
  }

  /** Whether there is a field of that name, lower case. */
  boolean has(String name) {
    return bodies.containsKey(name);
  }

  /** The bodies of all fields of that name. */
  List<String> all(String name) {
    return bodies.getOrDefault(name, List.of());
  }

  /** The body of the first field of that name; more of them are carried. */
  Optional<String> body(String name) {
    List<String> all = bodies.getOrDefault(name, List.of());
    all.stream().skip(1).forEach(more -> carry(name, more));
    return all.stream().findFirst();
  }

  /** Carries a field whose component cannot take it. */
  void carry(String name, String body) {
    carried.add(PartFields.line(title(name), body));
  }

  /** Carries what a component says less exactly. */
  void exact(String name, String body) {
    carried.add(PartFields.exact(title(name), body));
  }

  /** {@code in-reply-to} as {@code In-Reply-To}. */
  private static String title(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : name.split("-", -1)) {
      String first = word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT);
      out.append(out.isEmpty() ? "" : "-")
          .append(first)
          .append(word, first.length(), word.length());
    }
    return out.toString().replace("Message-Id", "Message-ID");
  }
}
