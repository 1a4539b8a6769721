package org.heliograph.mail;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Received: field (RFC 5321 4.4) as far as trace needs it.
 *
 * @param from the name the sender gave
 * @param by the system that wrote the field
 * @param with the protocol
 * @param id its queue identifier
 * @param date when
 */
public record Received(
    Optional<String> from,
    Optional<String> by,
    Optional<String> with,
    Optional<String> id,
    Optional<OffsetDateTime> date) {
  private static final List<String> WORDS = List.of("from", "by", "via", "with", "id", "for");

  /** Reads a field's body; what is not there, or not readable, is empty. */
  public static Received parse(String body) {
    int semicolon = body.lastIndexOf(';');
    Lexer lexer = new Lexer(semicolon < 0 ? body : body.substring(0, semicolon));
    Map<String, String> values = new HashMap<>();
    while (!lexer.atEnd()) {
      lexer.skip();
      String key = lexer.word("").toLowerCase(Locale.ROOT);
      lexer.skip();
      if (WORDS.contains(key)) {
        String value = lexer.peek() == '"' ? lexer.quoted() : lexer.word("");
        values.putIfAbsent(key, value);
      } else if (key.isEmpty() && !lexer.atEnd()) {
        lexer.next();
      }
    }
    return new Received(
        Optional.ofNullable(values.get("from")),
        Optional.ofNullable(values.get("by")),
        Optional.ofNullable(values.get("with")),
        Optional.ofNullable(values.get("id")),
        semicolon < 0 ? Optional.empty() : MailDate.parse(body.substring(semicolon + 1)));
  }
}
