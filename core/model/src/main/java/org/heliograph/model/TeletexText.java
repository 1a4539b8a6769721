package org.heliograph.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text in TeletexString: ASCII and the Latin letters and signs of T.61 (registrations 102 and 103),
 * accents before their letter. A string that announces ISO 8859-1 by its escape sequence is read as
 * that.
 */
public final class TeletexText {
  /** 0xA0 to 0xBF and 0xE0 to 0xFF; a blank is no character. */
  private static final String SIGNS = " ¡¢£$¥#§¤  «    °±²³×µ¶·÷  »¼½¾¿";

  private static final String LETTERS = " ÆĐªĦ ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ ";

  /** Combining marks for 0xC0 to 0xCF; 0 is none. */
  private static final char[] MARKS = {
    0, 0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0, 0x30A, 0x327, 0, 0x30B, 0x328,
    0x30C
  };

  private static final byte[] LATIN_1 = {0x1B, 0x2D, 0x41};
  private static final Map<Character, Integer> CODES = new HashMap<>();
  private static final Map<Character, Integer> MARK_CODES = new HashMap<>();

  static {
    for (int i = 0; i < 32; i++) {
      if (SIGNS.charAt(i) > 0x7F) {
        CODES.put(SIGNS.charAt(i), 0xA0 + i);
      }
      if (LETTERS.charAt(i) > 0x7F) {
        CODES.put(LETTERS.charAt(i), 0xE0 + i);
      }
    }
    for (int i = 0; i < MARKS.length; i++) {
      if (MARKS[i] != 0) {
        MARK_CODES.put(MARKS[i], 0xC0 + i);
      }
    }
  }

  private TeletexText() {}

  /** The octets of {@code text}; empty if T.61 cannot say all of it. */
  public static Optional<byte[]> encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Integer sign = CODES.get(c);
      if (c >= 0x20 && c < 0x7F) {
        out.write(c);
      } else if (sign != null) {
        out.write(sign);
      } else {
        String apart = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
        Integer mark = apart.length() == 2 ? MARK_CODES.get(apart.charAt(1)) : null;
        if (mark == null || apart.charAt(0) > 0x7E) {
          return Optional.empty();
        }
        out.write(mark);
        out.write(apart.charAt(0));
      }
    }
    byte[] octets = out.toByteArray();
    return decode(octets).equals(text) ? Optional.of(octets) : Optional.empty();
  }

  /** Like {@link #encode}, with question marks for what T.61 cannot say. */
  public static byte[] approximate(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> out.writeBytes(encode(c).orElse(new byte[] {'?'})));
    return out.toByteArray();
  }

  /** The text; octets that T.61 does not assign become replacement characters. */
  public static String decode(byte[] octets) {
    if (octets.length >= 3 && java.util.Arrays.equals(octets, 0, 3, LATIN_1, 0, 3)) {
      return new String(octets, 3, octets.length - 3, StandardCharsets.ISO_8859_1);
    }
    StringBuilder out = new StringBuilder(octets.length);
    for (int i = 0; i < octets.length; i++) {
      int octet = octets[i] & 0xFF;
      if (octet < 0x80) {
        out.append((char) octet);
      } else if (octet >= 0xA1 && octet <= 0xBF) {
        char c = SIGNS.charAt(octet - 0xA0);
        out.append(c == ' ' ? '\uFFFD' : c);
      } else if (octet > 0xC0 && octet <= 0xCF && i + 1 < octets.length) {
        char mark = MARKS[octet - 0xC0];
        String pair = (char) (octets[++i] & 0x7F) + String.valueOf(mark);
        out.append(mark == 0 ? "\uFFFD" : Normalizer.normalize(pair, Normalizer.Form.NFC));
      } else if (octet >= 0xE0) {
        char c = LETTERS.charAt(octet - 0xE0);
        out.append(c == ' ' ? '\uFFFD' : c);
      } else {
        out.append('\uFFFD');
      }
    }
    return out.toString();
  }
}
