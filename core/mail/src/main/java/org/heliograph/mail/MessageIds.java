package org.heliograph.mail;

import java.util.ArrayList;
import java.util.List;

/** Lists of message identifiers (RFC 5322 3.6.4): Message-ID, In-Reply-To, References. */
public final class MessageIds {
  private static final int MAX_IDS = 1000;

  private MessageIds() {}

  /** The identifiers of a field's body, without angle brackets; phrases are passed over. */
  public static List<String> parse(String body) {
    List<String> ids = new ArrayList<>();
    Lexer lexer = new Lexer(body);
    while (!lexer.atEnd() && ids.size() < MAX_IDS) {
      lexer.skip();
      if (lexer.peek() == '"') {
        lexer.quoted();
      } else if (lexer.take('<')) {
        String id = identifier(lexer);
        if (!id.isBlank()) {
          ids.add(id);
        }
      } else if (!lexer.atEnd()) {
        lexer.next();
      }
    }
    return ids;
  }

  /** Up to the closing bracket; quoted strings keep their quotes, since they are part of it. */
  private static String identifier(Lexer lexer) {
    StringBuilder id = new StringBuilder();
    while (!lexer.atEnd() && lexer.peek() != '>') {
      if (lexer.peek() == '"') {
        int start = lexer.position();
        lexer.quoted();
        id.append(lexer.since(start));
      } else {
        char c = lexer.next();
        if (c != ' ' && c != '\t') {
          id.append(c);
        }
      }
    }
    lexer.take('>');
    return id.toString();
  }

  /** The form for a header field. */
  public static String format(List<String> ids) {
    return String.join(" ", ids.stream().map(id -> "<" + id + ">").toList());
  }
}
