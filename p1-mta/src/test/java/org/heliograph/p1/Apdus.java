package org.heliograph.p1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The octets in {@code p1/apdus.hex} by name. */
final class Apdus {
  private Apdus() {}

  static byte[] named(String name) throws IOException {
    return Objects.requireNonNull(all().get(name), name);
  }

  static Map<String, byte[]> all() throws IOException {
    Map<String, StringBuilder> found = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(Apdus.class.getResourceAsStream("/p1/apdus.hex"))) {
      StringBuilder current = new StringBuilder();
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        if (line.startsWith("# ")) {
          current = new StringBuilder();
          found.put(line.substring(2).split(" ")[0], current);
        } else {
          current.append(line.strip());
        }
      }
    }
    Map<String, byte[]> octets = new LinkedHashMap<>();
    found.forEach((name, hex) -> octets.put(name, HexFormat.of().parseHex(hex)));
    return octets;
  }
}
