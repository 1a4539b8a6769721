package org.heliograph.osi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One connection of {@code osi/sessions.txt}.
 *
 * @param name capture and number of the connection
 * @param packets in order, both directions
 */
record Recording(String name, List<Packet> packets) {
  /** A TPKT as it was sent. */
  record Packet(boolean initiator, byte[] octets) {}

  static List<Recording> all() {
    List<Recording> all = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("#")) {
        String[] words = line.split(" ");
        all.add(new Recording(words[1] + " " + words[3], new ArrayList<>()));
      } else {
        all.getLast()
            .packets
            .add(new Packet(line.startsWith("I"), HexFormat.of().parseHex(line.substring(2))));
      }
    }
    return all;
  }

  static Recording of(String name) {
    return all().stream().filter(r -> r.name.equals(name)).findFirst().orElseThrow();
  }

  /** What one side sent, TPKT by TPKT; the recording has one in each segment. */
  List<byte[]> sent(boolean initiator) {
    return packets.stream().filter(p -> p.initiator == initiator).map(Packet::octets).toList();
  }

  private static String text() {
    try (InputStream in = Recording.class.getResourceAsStream("/osi/sessions.txt")) {
      if (in == null) {
        throw new IllegalStateException("no resource osi/sessions.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
