package org.heliograph.mail;

/**
 * Takes structured header bodies apart (RFC 5322 3.2): comments and folding white space, quoted
 * strings, runs of other characters. Reads anything; what does not end, ends with the text.
 */
final class Lexer {
  private static final int MAX_COMMENT_DEPTH = 32;
  private final String text;
  private int at;
  private String lastComment = "";

  Lexer(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  int position() {
    return at;
  }

  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  char next() {
    return text.charAt(at++);
  }

  /** Moves over {@code c} if it is next. */
  boolean take(char c) {
    if (!atEnd() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** The text of the comment that {@link #skip} saw last; empty if none. */
  String comment() {
    return lastComment;
  }

  /** Skips white space and comments; says whether there was any. */
  boolean skip() {
    int start = at;
    lastComment = "";
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
      } else if (c == '(') {
        lastComment = readComment();
      } else {
        break;
      }
    }
    return at > start;
  }

  private String readComment() {
    StringBuilder inner = new StringBuilder();
    int depth = 0;
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '\\' && !atEnd()) {
        inner.append(text.charAt(at++));
      } else if (c == '(' && depth < MAX_COMMENT_DEPTH) {
        if (depth++ > 0) {
          inner.append(c);
        }
      } else if (c == ')') {
        if (--depth == 0) {
          break;
        }
        inner.append(c);
      } else {
        inner.append(c);
      }
    }
    return inner.toString().strip();
  }

  /** A quoted string, unquoted; the position is on its opening quote. */
  String quoted() {
    at++;
    StringBuilder plain = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        break;
      }
      if (c == '\\' && !atEnd()) {
        c = text.charAt(at++);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /** Characters up to white space, a comment, a quote or one of {@code stops}; may be empty. */
  String word(String stops) {
    int start = at;
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '(' || c == '"') {
        break;
      }
      if (stops.indexOf(c) >= 0) {
        break;
      }
      at++;
    }
    return text.substring(start, at);
  }

  String since(int start) {
    return text.substring(start, at);
  }
}
