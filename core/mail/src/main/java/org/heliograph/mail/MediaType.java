package org.heliograph.mail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of Content-Type (RFC 2045 5.1), or of any field of that shape.
 *
 * @param type lower case
 * @param subtype lower case
 * @param parameters names in lower case, values decoded
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
  /** What a part is that says nothing (RFC 2045 5.2). */
  public static final MediaType PLAIN_TEXT =
      new MediaType("text", "plain", Map.of("charset", "us-ascii"));

  /** A part of multipart/digest that says nothing (RFC 2046 5.1.5). */
  public static final MediaType MESSAGE = new MediaType("message", "rfc822", Map.of());

  /** Octets. */
  public static final MediaType OCTETS = new MediaType("application", "octet-stream", Map.of());

  public MediaType {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads a Content-Type body; empty if it is not {@code type/subtype}. */
  public static Optional<MediaType> parse(String body) {
    Lexer lexer = new Lexer(body);
    lexer.skip();
    String type = lexer.word("/;").toLowerCase(Locale.ROOT);
    lexer.skip();
    if (type.isEmpty() || !lexer.take('/')) {
      return Optional.empty();
    }
    lexer.skip();
    String subtype = lexer.word(";").toLowerCase(Locale.ROOT);
    if (!Parameters.isToken(type) || !Parameters.isToken(subtype)) {
      return Optional.empty();
    }
    return Optional.of(
        new MediaType(type, subtype, Parameters.parse(body.substring(lexer.position()))));
  }

  public boolean is(String otherType, String otherSubtype) {
    return type.equals(otherType) && subtype.equals(otherSubtype);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** This type with one more parameter, or with another value for it. */
  public MediaType with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new MediaType(type, subtype, more);
  }

  /** {@code type/subtype}. */
  public String essence() {
    return type + "/" + subtype;
  }

  /** The body of the field. */
  public String text() {
    return essence() + Parameters.format(parameters);
  }

  @Override
  public String toString() {
    return text();
  }
}
