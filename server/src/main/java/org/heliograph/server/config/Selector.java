package org.heliograph.server.config;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.heliograph.model.Bytes;

/**
 * A transport, session or presentation selector, written as text, or as hexadecimal digits after
 * {@code 0x}.
 *
 * @param octets at most 64
 */
public record Selector(Bytes octets) {
  private static final int MOST = 64;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Selector parse(String text) {
    try {
      Bytes octets =
          text.startsWith("0x")
              ? Bytes.of(HexFormat.of().parseHex(text.substring(2)))
              : Bytes.of(text.getBytes(StandardCharsets.UTF_8));
      if (octets.length() > MOST) {
        throw new IllegalArgumentException("at most " + MOST + " octets");
      }
      return new Selector(octets);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("two hexadecimal digits for each octet after 0x", e);
    }
  }
}
