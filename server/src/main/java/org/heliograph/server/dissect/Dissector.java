package org.heliograph.server.dissect;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.heliograph.asn1.Octets;

/**
 * Takes the octets of one connection, in order for each direction, and gives its PDUs. Never fails:
 * where a direction stops to be RFC 1006 a PDU named "not understood" says at which octet and why,
 * and the rest of that direction is passed over. Not thread-safe.
 */
public final class Dissector {
  private static final int HEADER = 4;
  private static final int LARGEST_TPKT = 65_535;

  /** Largest TSDU that is kept; of a longer one the rest is passed over, and said. */
  static final int LARGEST_TSDU = 16 << 20;

  private final Consumer<Pdu> sink;
  private final Side initiator = new Side(true);
  private final Side responder = new Side(false);
  private final Upper upper;

  /**
   * @param sink takes PDUs, from the transport layer upwards, as they are complete
   * @param trees whether the ASN.1 is drawn; it costs
   */
  public Dissector(Consumer<Pdu> sink, boolean trees) {
    this.sink = sink;
    this.upper = new Upper(sink, trees);
  }

  /** The next octets of a direction. */
  public void octets(boolean fromInitiator, long micros, byte[] octets, int at, int count) {
    (fromInitiator ? initiator : responder).take(micros, octets, at, count);
  }

  /** Octets of a direction are missing: what follows cannot be understood. */
  public void gap(boolean fromInitiator, long micros, String why) {
    (fromInitiator ? initiator : responder).stop(micros, why);
  }

  /** One direction. */
  private final class Side {
    private final boolean fromInitiator;
    private final byte[] packet = new byte[LARGEST_TPKT];
    private final ByteArrayOutputStream tsdu = new ByteArrayOutputStream();
    private int have;
    private long offset;
    private long cut;
    private boolean stopped;

    Side(boolean fromInitiator) {
      this.fromInitiator = fromInitiator;
    }

    void take(long micros, byte[] octets, int at, int count) {
      int from = at;
      while (from < at + count && !stopped) {
        int wanted = have < HEADER ? HEADER : length();
        int n = Math.min(wanted - have, at + count - from);
        System.arraycopy(octets, from, packet, have, n);
        have += n;
        from += n;
        if (have == HEADER) {
          if (packet[0] != 3) {
            stop(micros, "no TPKT: version " + (packet[0] & 0xFF) + " (RFC 1006 clause 6)");
          } else if (length() < 7) {
            stop(micros, "a TPKT of " + length() + " octets, fewer than 7 (RFC 1006 clause 6)");
          }
        } else if (have > HEADER && have == length()) {
          tpdu(micros);
          offset += have;
          have = 0;
        }
      }
    }

    private int length() {
      return (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
    }

    void stop(long micros, String why) {
      if (!stopped) {
        stopped = true;
        give(micros, "not understood", Map.of(why, ""), have);
      }
    }

    private void give(long micros, String name, Map<String, String> facts, int length) {
      byte[] copy = java.util.Arrays.copyOf(packet, Math.min(length, LARGEST_TPKT));
      sink.accept(
          new Pdu(
              micros, fromInitiator, offset, Layer.TRANSPORT, name, facts, Octets.of(copy), ""));
    }

    private void tpdu(long micros) {
      int end = HEADER + 1 + (packet[HEADER] & 0xFF);
      int code = packet[HEADER + 1] & 0xF0;
      if (end > have) {
        stop(micros, "a TPDU header longer than its TPKT (X.224 clause 13.2.1)");
        return;
      }
      Map<String, String> facts = new LinkedHashMap<>();
      switch (code) {
        case 0xE0, 0xD0 -> {
          connect(facts, end);
          give(micros, code == 0xE0 ? "CR" : "CC", facts, have);
        }
        case 0x80 -> {
          facts.put("reason", Words.disconnect(packet[HEADER + 6] & 0xFF));
          give(micros, "DR", facts, have);
        }
        case 0x70 -> {
          facts.put("cause", Integer.toString(packet[HEADER + 4] & 0xFF));
          give(micros, "ER", facts, have);
        }
        case 0xF0 -> data(micros, end);
        default -> stop(micros, String.format(Locale.ROOT, "TPDU code %02X", code));
      }
    }

    private void connect(Map<String, String> facts, int end) {
      facts.put("class", Integer.toString((packet[HEADER + 6] & 0xF0) >> 4));
      for (int i = HEADER + 7; i + 1 < end; i += 2 + (packet[i + 1] & 0xFF)) {
        int length = Math.min(packet[i + 1] & 0xFF, end - i - 2);
        switch (packet[i] & 0xFF) {
          case 0xC0 -> facts.put("TPDU size", Integer.toString(1 << (packet[i + 2] & 0x1F)));
          case 0xC1 -> facts.put("calling TSEL", Words.selector(packet, i + 2, length));
          case 0xC2 -> facts.put("called TSEL", Words.selector(packet, i + 2, length));
          case 0xC7 -> facts.put("alternative class", Words.hex(packet, i + 2, length));
          case 0xF0 -> facts.put("preferred TPDU size", preferred(i + 2, length));
          default -> facts.put("parameter " + Integer.toHexString(packet[i] & 0xFF), "");
        }
      }
    }

    private String preferred(int at, int length) {
      long units = 0;
      for (int i = at; i < at + Math.min(length, 4); i++) {
        units = units << 8 | packet[i] & 0xFF;
      }
      return Long.toString(units * 128);
    }

    private void data(long micros, int end) {
      int room = LARGEST_TSDU - tsdu.size();
      int n = Math.min(room, have - end);
      tsdu.write(packet, end, n);
      cut += have - end - n;
      boolean last = end > HEADER + 2 && (packet[HEADER + 2] & 0x80) != 0;
      if (last) {
        byte[] whole = tsdu.toByteArray();
        tsdu.reset();
        upper.tsdu(micros, fromInitiator, offset, whole, cut);
        cut = 0;
      }
    }
  }
}
