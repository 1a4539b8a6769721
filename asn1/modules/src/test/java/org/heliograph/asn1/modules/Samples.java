package org.heliograph.asn1.modules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.TransferredAPDU;

/** The octets of real sessions in {@code wire/samples.hex}. */
final class Samples {
  /** One of them. */
  record Sample(String name, String type, byte[] octets) {
    Codec<?> codec() {
      return switch (type) {
        case "CP" -> CPType.CODEC;
        case "CPA" -> CPAPPDU.CODEC;
        case "CPR" -> CPRPPDU.CODEC;
        case "USER-DATA" -> UserData.CODEC;
        case "TRANSFERRED" -> TransferredAPDU.CODEC;
        case "MTS-APDU" -> MTSAPDU.CODEC;
        default -> throw new IllegalArgumentException(type);
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Sample> ALL = load();

  private Samples() {}

  static Sample named(String name) {
    return ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static List<Sample> ofType(String type) {
    return ALL.stream().filter(s -> s.type().equals(type)).toList();
  }

  private static List<Sample> load() {
    List<Sample> samples = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Samples.class.getResourceAsStream("/wire/samples.hex")),
                StandardCharsets.US_ASCII))) {
      String[] head = {};
      StringBuilder hex = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) {
          add(samples, head, hex);
          head = line.split("[ ,]+");
        } else {
          hex.append(line);
        }
      }
      add(samples, head, hex);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(samples);
  }

  private static void add(List<Sample> samples, String[] head, StringBuilder hex) {
    if (head.length > 0) {
      byte[] octets = Octets.ofHex(hex.toString()).toByteArray();
      if (octets.length != Integer.parseInt(head[3])) {
        throw new IllegalStateException(head[1] + " has " + octets.length + " octets");
      }
      samples.add(new Sample(head[1], head[2], octets));
    }
    hex.setLength(0);
  }
}
