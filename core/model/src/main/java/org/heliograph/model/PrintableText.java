package org.heliograph.model;

import java.util.Locale;
import java.util.Optional;

/** ASCII as PrintableString (RFC 2156 3.4). */
public final class PrintableText {
  private static final String PUNCTUATION = " '()+,-./:=?";
  private static final String NAMED = "@%!\"_()";
  private static final String NAMES = "apbqulr";

  private PrintableText() {}

  /** Whether {@code c} is of PrintableString (X.680 41.4). */
  public static boolean isPrintable(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c < 0x80 && PUNCTUATION.indexOf(c) >= 0;
  }

  public static boolean isPrintable(String text) {
    return text.chars().allMatch(PrintableText::isPrintable);
  }

  /** {@code text} with every other character as {@code (a)}, {@code (123)} and so on. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int named = NAMED.indexOf(c);
      if (named >= 0) {
        out.append('(').append(NAMES.charAt(named)).append(')');
      } else if (isPrintable(c)) {
        out.append(c);
      } else if (c < 0x80) {
        out.append(String.format(Locale.ROOT, "(%03d)", (int) c));
      } else {
        throw new IllegalArgumentException("not ASCII: character " + (int) c + " at " + i);
      }
    }
    return out.toString();
  }

  /** The reverse; empty if {@code text} cannot have come from {@link #encode}. */
  public static Optional<String> decode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '(') {
        if (c == ')') {
          return Optional.empty();
        }
        out.append(c);
        continue;
      }
      int close = text.indexOf(')', i);
      if (close < 0) {
        return Optional.empty();
      }
      String inner = text.substring(i + 1, close);
      int named = inner.length() == 1 ? NAMES.indexOf(Character.toLowerCase(inner.charAt(0))) : -1;
      if (named >= 0) {
        out.append(NAMED.charAt(named));
      } else if (inner.matches("[0-9]{3}") && Integer.parseInt(inner) < 128) {
        out.append((char) Integer.parseInt(inner));
      } else {
        return Optional.empty();
      }
      i = close;
    }
    return Optional.of(out.toString());
  }

  /** {@code text} with what ASCII cannot say as question marks; for people. */
  public static String approximateAscii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    String plain =
        java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "");
    plain.codePoints().forEach(c -> out.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
    return out.toString();
  }

  /** {@code text} with what PrintableString cannot say as question marks; for people. */
  public static String approximate(String text) {
    StringBuilder out = new StringBuilder(text.length());
    String plain =
        java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "");
    plain.chars().forEach(c -> out.append(isPrintable(c) ? (char) c : '?'));
    return out.toString();
  }
}
