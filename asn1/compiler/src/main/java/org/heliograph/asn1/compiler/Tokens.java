package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of a module with a place in them, and the marks not yet used. */
final class Tokens {
  private final Module module;
  private final List<Token> tokens;
  private final List<Mark> marks;
  private int at;

  Tokens(Module module, Lexer lexer) {
    this.module = module;
    this.tokens = lexer.tokens();
    this.marks = new ArrayList<>(lexer.marks());
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  int line() {
    return peek().line();
  }

  /** Line of the token taken last. */
  int lastLine() {
    return tokens.get(Math.max(0, at - 1)).line();
  }

  /** Offset behind the token taken last. */
  int lastEnd() {
    return tokens.get(Math.max(0, at - 1)).to();
  }

  String lastText() {
    return tokens.get(Math.max(0, at - 1)).text();
  }

  boolean at(String text) {
    return peek().is(text);
  }

  boolean accept(String text) {
    if (!at(text)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String text) {
    if (!accept(text)) {
      throw unexpected("\"" + text + "\"");
    }
  }

  Token expect(Token.Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(what);
    }
    return next();
  }

  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("nothing after END");
    }
  }

  /** A number with its sign. */
  long number() {
    String sign = accept("-") ? "-" : "";
    String digits = sign + expect(Token.Kind.NUMBER, "a number").text();
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw module.error(lastLine(), digits + " does not fit in 64 bits");
    }
  }

  CompileException unexpected(String expected) {
    return module.error(line(), expected + " is expected, found " + peek().shown());
  }

  /** Takes the mark of this name on one of these lines. */
  Optional<Mark> mark(String name, int fromLine, int toLine) {
    for (Mark mark : marks) {
      if (mark.name().equals(name) && mark.line() >= fromLine && mark.line() <= toLine) {
        marks.remove(mark);
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  Optional<Mark> markAnywhere(String name) {
    return mark(name, 0, Integer.MAX_VALUE);
  }

  void refuseUnusedMarks() {
    if (!marks.isEmpty()) {
      Mark mark = marks.getFirst();
      throw module.error(
          mark.line(), "the mark @" + mark.name() + " stands where it marks nothing");
    }
  }
}
