package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the text of a module into tokens and sets its marks aside (X.680 clause 11). */
final class Lexer {
  private static final List<String> SIGNS = List.of("::=", "...", "..", "=>");

  private final String file;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int at;
  private int line = 1;

  Lexer(String file, String text) {
    this.file = file;
    this.text = text;
    run();
  }

  List<Token> tokens() {
    return tokens;
  }

  List<Mark> marks() {
    return marks;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        comment();
      } else if (letter(c)) {
        word(Character.isUpperCase(c) ? Token.Kind.UPPER : Token.Kind.LOWER);
      } else if (digit(c)) {
        int from = at;
        while (at < text.length() && digit(text.charAt(at))) {
          at++;
        }
        add(Token.Kind.NUMBER, from);
      } else {
        sign(c);
      }
    }
    add(Token.Kind.END, at);
  }

  /** A comment ends with its line or with the next pair of hyphens. */
  private void comment() {
    int from = at + 2;
    int to = from;
    while (to < text.length() && text.charAt(to) != '\n' && !text.startsWith("--", to)) {
      to++;
    }
    String body = text.substring(from, to).strip();
    if (body.startsWith("@")) {
      mark(body.substring(1));
    }
    at = text.startsWith("--", to) ? to + 2 : to;
  }

  private void mark(String body) {
    String[] parts = body.split(";", 2)[0].strip().split("[\\s,]+");
    if (!Mark.KNOWN.contains(parts[0])) {
      throw new CompileException(file, line, "unknown mark @" + parts[0]);
    }
    marks.add(new Mark(parts[0], Arrays.asList(parts).subList(1, parts.length), line));
  }

  private void word(Token.Kind kind) {
    int from = at;
    while (at < text.length()
        && (letter(text.charAt(at))
            || digit(text.charAt(at))
            || (text.charAt(at) == '-'
                && at + 1 < text.length()
                && wordGoesOn(text.charAt(at + 1))))) {
      at++;
    }
    add(kind, from);
  }

  private static boolean wordGoesOn(char c) {
    return letter(c) || digit(c);
  }

  private void sign(char c) {
    int from = at;
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        add(Token.Kind.SIGN, from);
        return;
      }
    }
    if ("{}()[],;-".indexOf(c) < 0) {
      throw new CompileException(file, line, "\"" + c + "\" is no part of the language");
    }
    at++;
    add(Token.Kind.SIGN, from);
  }

  private void add(Token.Kind kind, int from) {
    tokens.add(new Token(kind, text.substring(from, at), line, from, at));
  }

  private static boolean letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
