package org.heliograph.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The xtext of RFC 3461 section 4, by which parameters carry what a command line cannot. */
final class Xtext {
  private Xtext() {}

  /** Octets of UTF-8 outside {@code !} to {@code ~}, and {@code +} and {@code =}, become +HH. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0x20 && b < 0x7F && b != '+' && b != '=') {
        out.append((char) b);
      } else {
        out.append('+').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException if it is no xtext, or decodes to control characters
   */
  static String decode(String xtext) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(xtext.length());
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      int value = c;
      if (c == '+') {
        if (i + 2 >= xtext.length() || !hex(xtext.charAt(i + 1)) || !hex(xtext.charAt(i + 2))) {
          throw new IllegalArgumentException("+ without two hexadecimal digits (RFC 3461 4)");
        }
        value = HexFormat.fromHexDigits(xtext, i + 1, i + 3);
        i += 2;
      } else if (c <= 0x20 || c >= 0x7F || c == '=') {
        throw new IllegalArgumentException("a character that must be encoded (RFC 3461 4)");
      }
      if (value < 0x20 || value == 0x7F) {
        throw new IllegalArgumentException("a control character");
      }
      octets.write(value);
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static boolean hex(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
  }
}
