package org.heliograph.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.heliograph.model.Bytes;

/**
 * One header field with its octets as they came, folding and line ends included.
 *
 * @param name without the colon; empty for a line that is no header field
 * @param octets the whole field, with CRLF at its end
 */
public record HeaderField(String name, Bytes octets) {

  /** A field made here: {@code body} is unfolded text and is folded (RFC 5322 2.2.3). */
  public static HeaderField of(String name, String body) {
    return new HeaderField(name, Bytes.ofText(Folding.fold(name, body)));
  }

  /** A field made of octets that stand as they are; CRLF is added where it lacks. */
  static HeaderField read(byte[] octets) {
    int colon = 0;
    while (colon < octets.length && octets[colon] > 0x20 && octets[colon] != ':') {
      colon++;
    }
    int nameEnd = colon;
    while (colon < octets.length && (octets[colon] == ' ' || octets[colon] == '\t')) {
      colon++; // obsolete syntax allows white space before the colon (RFC 5322 4.5)
    }
    boolean field = nameEnd > 0 && colon < octets.length && octets[colon] == ':';
    String name = field ? new String(octets, 0, nameEnd, StandardCharsets.US_ASCII) : "";
    return new HeaderField(name, Bytes.of(octets));
  }

  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** Name and body in one line without line ends, as it stood in the message. */
  public String line() {
    String text = decode(octets.toArray());
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\r' && c != '\n') {
        line.append(c);
      }
    }
    return line.toString().stripTrailing();
  }

  /** The body, unfolded and without white space at its ends; encoded words as they stand. */
  public String body() {
    String line = line();
    return name.isEmpty() ? line : line.substring(line.indexOf(':') + 1).strip();
  }

  /** The body with encoded words decoded (RFC 2047), for unstructured fields. */
  public String text() {
    return EncodedWords.decode(body());
  }

  /** UTF-8 (RFC 6532) where it is, else ISO 8859-1, which takes anything. */
  private static String decode(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public String toString() {
    return line();
  }
}
