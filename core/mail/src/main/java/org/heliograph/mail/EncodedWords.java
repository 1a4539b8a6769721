package org.heliograph.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Encoded words (RFC 2047), read in every character set Java knows and written in UTF-8. */
public final class EncodedWords {
  /** An encoded word has at most 75 characters, 12 of them around the text. */
  private static final int MAX_OCTETS = 45;

  private EncodedWords() {}

  /** {@code text} with every encoded word decoded; one that cannot be decoded stays as it is. */
  public static String decode(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    try {
      return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT);
    } catch (RuntimeException e) {
      return text; // foreign text meets a library: what it cannot read is shown as it came
    }
  }

  /** {@code text} for an unstructured field or a phrase: as it is if ASCII, else encoded words. */
  public static String encode(String text) {
    return plain(text) ? text : words(text);
  }

  /** {@code text} as encoded words in any case. */
  static String words(String text) {
    StringBuilder out = new StringBuilder();
    StringBuilder chunk = new StringBuilder();
    int octets = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int length = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > MAX_OCTETS) {
        word(out, chunk);
        octets = 0;
      }
      chunk.appendCodePoint(c);
      octets += length;
      i += Character.charCount(c);
    }
    if (!chunk.isEmpty()) {
      word(out, chunk);
    }
    return out.toString();
  }

  private static void word(StringBuilder out, StringBuilder chunk) {
    if (!out.isEmpty()) {
      out.append(' ');
    }
    byte[] octets = chunk.toString().getBytes(StandardCharsets.UTF_8);
    out.append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(octets)).append("?=");
    chunk.setLength(0);
  }

  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F || c == '\t')
        && !text.contains("=?")
        && text.equals(text.strip());
  }
}
