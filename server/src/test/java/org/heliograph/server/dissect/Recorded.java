package org.heliograph.server.dissect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The recorded sessions of an independent switch, as packets and capture files. */
final class Recorded {
  private static final Path SESSIONS = Path.of("../p1-mta/src/test/resources/osi/sessions.txt");

  /** One segment. */
  record Piece(boolean fromInitiator, byte[] octets) {}

  private Recorded() {}

  /** The segments of the first connection of a capture. */
  static List<Piece> session(String capture) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    boolean wanted = false;
    for (String line : Files.readAllLines(SESSIONS)) {
      if (line.startsWith("#")) {
        if (wanted) {
          break;
        }
        wanted = line.startsWith("# " + capture + " connection 1 ");
      } else if (wanted) {
        pieces.add(new Piece(line.startsWith("I"), HexFormat.of().parseHex(line.substring(2))));
      }
    }
    if (pieces.isEmpty()) {
      throw new IOException("no session " + capture + " in " + SESSIONS);
    }
    return pieces;
  }

  /** TCP segments in IPv4, with sound sequence numbers that wrap. */
  static List<byte[]> packets(List<Piece> pieces) {
    int[] next = {-100, 7};
    List<byte[]> packets = new ArrayList<>();
    packets.add(ipv4(true, next[0]++, 2, new byte[0]));
    packets.add(ipv4(false, next[1]++, 0x12, new byte[0]));
    for (Piece piece : pieces) {
      int side = piece.fromInitiator() ? 0 : 1;
      packets.add(ipv4(piece.fromInitiator(), next[side], 0x18, piece.octets()));
      next[side] += piece.octets().length;
    }
    return packets;
  }

  private static byte[] ipv4(boolean fromInitiator, int sequence, int flags, byte[] payload) {
    ByteBuffer b = ByteBuffer.allocate(40 + payload.length);
    b.put((byte) 0x45).put((byte) 0).putShort((short) b.capacity()).putInt(0);
    b.put((byte) 64).put((byte) 6).putShort((short) 0);
    b.putInt(fromInitiator ? 0x0A000001 : 0x0A000002);
    b.putInt(fromInitiator ? 0x0A000002 : 0x0A000001);
    b.putShort((short) (fromInitiator ? 40_000 : 102));
    b.putShort((short) (fromInitiator ? 102 : 40_000));
    b.putInt(sequence).putInt(0).put((byte) 0x50).put((byte) flags);
    b.putShort((short) 0xFFFF).putInt(0).put(payload);
    return b.array();
  }

  /** Behind an Ethernet header with a VLAN tag. */
  static byte[] ethernet(byte[] ip) {
    ByteBuffer b = ByteBuffer.allocate(18 + ip.length);
    b.put(new byte[12]).putShort((short) 0x8100).putShort((short) 5).putShort((short) 0x0800);
    return b.put(ip).array();
  }

  /** A classic capture file. */
  static byte[] pcap(ByteOrder order, int link, List<byte[]> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(24).order(order);
    head.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
    out.writeBytes(head.putInt(0x40000).putInt(link).array());
    int second = 0;
    for (byte[] packet : packets) {
      ByteBuffer record = ByteBuffer.allocate(16).order(order);
      record.putInt(second++).putInt(5).putInt(packet.length).putInt(packet.length);
      out.writeBytes(record.array());
      out.writeBytes(packet);
    }
    return out.toByteArray();
  }

  /** A pcapng file. */
  static byte[] pcapng(ByteOrder order, int link, List<byte[]> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer section = ByteBuffer.allocate(16).order(order);
    section.putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1);
    out.writeBytes(block(order, 0x0A0D0D0A, section.array()));
    ByteBuffer description = ByteBuffer.allocate(20).order(order);
    description.putShort((short) link).putShort((short) 0).putInt(0);
    // if_tsresol: nanoseconds
    description.putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3]).putInt(0);
    out.writeBytes(block(order, 1, description.array()));
    out.writeBytes(block(order, 5, new byte[12]));
    long nanos = 0;
    for (byte[] packet : packets) {
      ByteBuffer enhanced = ByteBuffer.allocate(20 + (packet.length + 3) / 4 * 4).order(order);
      enhanced.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
      out.writeBytes(
          block(
              order, 6, enhanced.putInt(packet.length).putInt(packet.length).put(packet).array()));
      nanos += 1_000_000;
    }
    return out.toByteArray();
  }

  private static byte[] block(ByteOrder order, int type, byte[] body) {
    ByteBuffer b = ByteBuffer.allocate(body.length + 12).order(order);
    return b.putInt(type).putInt(b.capacity()).put(body).putInt(b.capacity()).array();
  }
}
