package org.heliograph.model;

/**
 * How foreign text is shown in errors and logs: cut short, and with nothing that could move a
 * terminal's cursor.
 */
public final class Show {
  private Show() {}

  /**
   * {@code text} with control and non-ASCII characters escaped, cut after {@code limit} characters.
   */
  public static String safe(String text, int limit) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), limit) + 8);
    for (int i = 0; i < text.length() && i < limit; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F) {
        shown.append(c);
      } else {
        shown.append(String.format("\\u%04X", (int) c));
      }
    }
    return text.length() > limit ? shown.append("...").toString() : shown.toString();
  }
}
