package org.heliograph.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters of structured fields ({@code ; name=value}; RFC 2045 5.1, RFC 2231): names in lower
 * case, values decoded.
 */
public final class Parameters {
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
  private static final int MAX_PARAMETERS = 200;

  private Parameters() {}

  /**
   * Reads the parameters of {@code text}, which begins with the first parameter or the semicolon
   * before it. What cannot be read as a parameter is passed over; of two with one name the first
   * counts.
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, SortedMap<Integer, Piece>> pieces = new LinkedHashMap<>();
    Lexer lexer = new Lexer(text);
    for (int count = 0; count < MAX_PARAMETERS && !lexer.atEnd(); count++) {
      lexer.skip();
      while (lexer.take(';')) {
        lexer.skip();
      }
      String name = lexer.word(";=").toLowerCase(Locale.ROOT);
      lexer.skip();
      if (!lexer.take('=')) {
        if (name.isEmpty() && !lexer.atEnd() && lexer.peek() != ';') {
          lexer.next();
        }
        continue;
      }
      lexer.skip();
      String value = lexer.peek() == '"' ? lexer.quoted() : lexer.word(";");
      store(name, value, plain, pieces);
    }
    pieces.forEach((name, parts) -> plain.putIfAbsent(name, join(parts)));
    return plain;
  }

  /** One piece of a continued parameter; encoded if its name ended in an asterisk. */
  private record Piece(String value, boolean encoded) {}

  private static void store(
      String name,
      String value,
      Map<String, String> plain,
      Map<String, SortedMap<Integer, Piece>> pieces) {
    int star = name.indexOf('*');
    if (star <= 0) {
      if (!name.isEmpty()) {
        plain.putIfAbsent(name, value);
      }
      return;
    }
    boolean encoded = name.endsWith("*");
    boolean whole = encoded && star == name.length() - 1;
    String number = whole ? "0" : name.substring(star + 1, name.length() - (encoded ? 1 : 0));
    if (number.matches("[0-9]{1,3}")) {
      pieces
          .computeIfAbsent(name.substring(0, star), k -> new TreeMap<>())
          .putIfAbsent(Integer.parseInt(number), new Piece(value, encoded));
    }
  }

  /** RFC 2231 3 and 4: pieces from 0 on without a gap; character set named in the first. */
  private static String join(SortedMap<Integer, Piece> pieces) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    Charset charset = StandardCharsets.UTF_8;
    int expected = 0;
    for (Map.Entry<Integer, Piece> entry : pieces.entrySet()) {
      if (entry.getKey() != expected++) {
        break;
      }
      String value = entry.getValue().value();
      if (!entry.getValue().encoded()) {
        octets.writeBytes(value.getBytes(charset));
        continue;
      }
      if (entry.getKey() == 0) {
        int language = value.indexOf('\'');
        int text = value.indexOf('\'', language + 1);
        if (text > 0) {
          charset = CharacterSets.of(value.substring(0, language), StandardCharsets.UTF_8);
          value = value.substring(text + 1);
        }
      }
      percentDecode(value, octets);
    }
    return octets.toString(charset);
  }

  private static void percentDecode(String value, ByteArrayOutputStream octets) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%'
          && i + 2 < value.length()
          && hex(value.charAt(i + 1)) >= 0
          && hex(value.charAt(i + 2)) >= 0) {
        octets.write(hex(value.charAt(i + 1)) << 4 | hex(value.charAt(i + 2)));
        i += 2;
      } else {
        octets.write(c);
      }
    }
  }

  private static int hex(char c) {
    return Character.digit(c, 16);
  }

  /**
   * Writes parameters, each with {@code "; "} before it: tokens as they are, other ASCII quoted,
   * the rest by RFC 2231; long values in pieces.
   */
  public static String format(Map<String, String> parameters) {
    StringBuilder out = new StringBuilder();
    parameters.forEach(
        (name, value) -> pieces(name, value).forEach(p -> out.append("; ").append(p)));
    return out.toString();
  }

  private static List<String> pieces(String name, String value) {
    boolean ascii = value.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    if (ascii && value.length() <= 60) {
      return List.of(name + "=" + (isToken(value) ? value : quote(value)));
    }
    if (!ascii) {
      return encoded(name, value);
    }
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < value.length(); i += 60) {
      String part = value.substring(i, Math.min(value.length(), i + 60));
      pieces.add(name + "*" + pieces.size() + "=" + quote(part));
    }
    return pieces;
  }

  private static List<String> encoded(String name, String value) {
    StringBuilder all = new StringBuilder();
    List<String> pieces = new ArrayList<>();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c > 0x20 && c < 0x7F && TSPECIALS.indexOf(c) < 0 && "*'%".indexOf(c) < 0;
      all.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
      if (all.length() >= 54) {
        pieces.add(all.toString());
        all.setLength(0);
      }
    }
    if (!all.isEmpty()) {
      pieces.add(all.toString());
    }
    if (pieces.size() == 1) {
      return List.of(name + "*=UTF-8''" + pieces.getFirst());
    }
    List<String> numbered = new ArrayList<>();
    for (String piece : pieces) {
      int n = numbered.size();
      numbered.add(name + "*" + n + "*=" + (n == 0 ? "UTF-8''" : "") + piece);
    }
    return numbered;
  }

  static boolean isToken(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > 0x20 && c < 0x7F && TSPECIALS.indexOf(c) < 0);
  }

  static String quote(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
