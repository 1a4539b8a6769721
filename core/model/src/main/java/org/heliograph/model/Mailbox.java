package org.heliograph.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An RFC 5321 mailbox. The local part is kept as sent, unquoted; the domain is kept in lower case.
 *
 * @param localPart 1 to 64 octets of UTF-8 as RFC 5321 4.5.3.1.1 bounds it for new mailboxes; up to
 *     1024 are accepted, because a gateway address may carry a whole O/R address (RFC 2156 section
 *     4.3.3); no control characters
 * @param domain a domain name or an address literal in brackets, at most 255 octets (RFC 5321
 *     4.5.3.1.2)
 */
public record Mailbox(String localPart, String domain) implements Address {
  private static final int MAX_LOCAL = 1024;
  private static final int MAX_DOMAIN = 255;
  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~.";

  public Mailbox {
    if (localPart.isEmpty() || octets(localPart) > MAX_LOCAL) {
      throw new IllegalArgumentException("local part is empty or over " + MAX_LOCAL + " octets");
    }
    if (localPart.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
      throw new IllegalArgumentException("local part holds a control character");
    }
    if (octets(domain) > MAX_DOMAIN || !validDomain(domain)) {
      throw new IllegalArgumentException("not a domain: '" + Show.safe(domain, 80) + "'");
    }
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code local@domain}, the local part quoted or not.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Mailbox parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      throw new IllegalArgumentException(
          "not a mailbox: '" + Show.safe(text, 80) + "'; expected local-part@domain");
    }
    return new Mailbox(unquote(text.substring(0, at)), text.substring(at + 1));
  }

  private static String unquote(String local) {
    if (local.length() < 2 || local.charAt(0) != '"') {
      if (!isDotString(local)) {
        throw new IllegalArgumentException(
            "local part '" + Show.safe(local, 80) + "' needs quotes (RFC 5321 4.1.2)");
      }
      return local;
    }
    if (local.charAt(local.length() - 1) != '"') {
      throw new IllegalArgumentException("quoted local part does not end");
    }
    StringBuilder plain = new StringBuilder(local.length());
    for (int i = 1; i < local.length() - 1; i++) {
      char c = local.charAt(i);
      if (c == '\\') {
        if (++i >= local.length() - 1) {
          throw new IllegalArgumentException("quoted local part ends in a backslash");
        }
        plain.append(local.charAt(i));
      } else if (c == '"') {
        throw new IllegalArgumentException("quote inside a quoted local part");
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Whether any part needs SMTPUTF8 (RFC 6531). */
  public boolean international() {
    return localPart.chars().anyMatch(c -> c > 0x7F) || domain.chars().anyMatch(c -> c > 0x7F);
  }

  /** The form of RFC 5321 4.1.2, local part quoted where it must be; without angle brackets. */
  public String text() {
    if (isDotString(localPart)) {
      return localPart + "@" + domain;
    }
    return "\"" + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + "\"@" + domain;
  }

  @Override
  public AddressKind kind() {
    return AddressKind.MAILBOX;
  }

  @Override
  public String display() {
    return text();
  }

  @Override
  public String toString() {
    return text();
  }

  private static boolean isDotString(String local) {
    boolean dot = true;
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c == '.') {
        if (dot) {
          return false;
        }
        dot = true;
      } else {
        boolean atext = c > 0x7F || Character.isLetterOrDigit(c) || ATEXT.indexOf(c) >= 0;
        if (!atext) {
          return false;
        }
        dot = false;
      }
    }
    return !dot;
  }

  private static boolean validDomain(String domain) {
    if (domain.startsWith("[")) {
      return domain.matches("\\[[A-Za-z0-9:._-]{1,100}\\]");
    }
    if (domain.isEmpty()) {
      return false;
    }
    for (String label : domain.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
      if (label
          .chars()
          .anyMatch(c -> c < 0x80 && !Character.isLetterOrDigit(c) && c != '-' && c != '_')) {
        return false;
      }
      if (label
          .chars()
          .anyMatch(c -> c > 0x7F && (Character.isISOControl(c) || Character.isWhitespace(c)))) {
        return false;
      }
    }
    return true;
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
