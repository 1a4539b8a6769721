package org.heliograph.mail;

/** Folding of header fields (RFC 5322 2.2.3): lines of 78 characters where white space allows. */
final class Folding {
  private static final int LINE = 78;
  private static final int HARD = 998;

  private Folding() {}

  /**
   * {@code name: body} with CRLF at the end. A line end inside {@code body} becomes a space, so
   * that no body can smuggle in a field.
   */
  static String fold(String name, String body) {
    String clean = body.replaceAll("[\\r\\n\\u0000]+", " ").strip();
    StringBuilder out = new StringBuilder(clean.length() + name.length() + 16);
    out.append(name).append(':');
    int line = out.length();
    int at = 0;
    boolean empty = true;
    while (at < clean.length()) {
      int next = wordEnd(clean, at);
      String word = clean.substring(at, next);
      if (line + 1 + word.length() > LINE && !empty) {
        out.append("\r\n");
        line = 0;
      }
      // a word longer than any line may be is cut; nothing well-formed has one
      while (line + 1 + word.length() > HARD) {
        int room = HARD - line - 1;
        out.append(' ').append(word, 0, room).append("\r\n");
        word = word.substring(room);
        line = 0;
      }
      out.append(' ').append(word);
      line += 1 + word.length();
      empty = false;
      at = next;
      if (at < clean.length()) {
        at++;
      }
    }
    if (clean.isEmpty()) {
      out.append(' ');
    }
    return out.append("\r\n").toString();
  }

  /** A word ends before a single space; further spaces belong to the next word and so survive. */
  private static int wordEnd(String text, int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    while (i < text.length() && text.charAt(i) != ' ' && text.charAt(i) != '\t') {
      i++;
    }
    return i;
  }
}
