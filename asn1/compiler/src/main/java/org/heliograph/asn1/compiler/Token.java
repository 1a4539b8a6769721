package org.heliograph.asn1.compiler;

/**
 * One token of a module.
 *
 * @param kind what it is
 * @param text as written
 * @param line counted from 1
 * @param from offset of its first character
 * @param to offset behind its last character
 */
record Token(Kind kind, String text, int line, int from, int to) {

  enum Kind {
    /** Begins with a capital letter: a type, a module or a word of the language. */
    UPPER,
    /** Begins with a small letter: a component, value or named number. */
    LOWER,
    NUMBER,
    SIGN,
    END
  }

  boolean is(String expected) {
    return text.equals(expected) && kind != Kind.END;
  }

  /** The token in an error message. */
  String shown() {
    return kind == Kind.END ? "the end of the file" : "\"" + text + "\"";
  }
}
