package org.heliograph.mail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of Content-Disposition (RFC 2183).
 *
 * @param kind {@code inline}, {@code attachment} or another token, lower case
 * @param parameters names in lower case, values decoded
 */
public record Disposition(String kind, Map<String, String> parameters) {
  public Disposition {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads the field's body; empty if there is no disposition in it. */
  public static Optional<Disposition> parse(String body) {
    Lexer lexer = new Lexer(body);
    lexer.skip();
    String kind = lexer.word(";").toLowerCase(Locale.ROOT);
    if (!Parameters.isToken(kind)) {
      return Optional.empty();
    }
    return Optional.of(new Disposition(kind, Parameters.parse(body.substring(lexer.position()))));
  }

  /** The name of the file, encoded words decoded, which many senders put there. */
  public Optional<String> filename() {
    return Optional.ofNullable(parameters.get("filename")).map(EncodedWords::decode);
  }

  /** The body of the field. */
  public String text() {
    return kind + Parameters.format(parameters);
  }
}
