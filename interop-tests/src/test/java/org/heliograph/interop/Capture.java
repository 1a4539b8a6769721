package org.heliograph.interop;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Octets of TCP connections as they passed a {@link Tap}, kept in order, written as a pcap file
 * (link type RAW, IPv4, sound sequence numbers) that any dissector reads. A tap needs no privilege,
 * which capturing on an interface does.
 */
final class Capture {
  private static final int LARGEST_PAYLOAD = 60_000;
  private static final int SYN = 2;
  private static final int PUSH_ACK = 0x18;
  private static final int SYN_ACK = 0x12;
  private static final int FIN_ACK = 0x11;

  private record Packet(
      long micros, int connection, boolean fromClient, int flags, byte[] payload) {}

  private final List<Packet> packets = new ArrayList<>();
  private final int port;

  /**
   * @param serverPort the port that the dissector sees as the server's, whatever the tap's own is
   */
  Capture(int serverPort) {
    this.port = serverPort;
  }

  int port() {
    return port;
  }

  synchronized void opened(int connection) {
    add(connection, true, SYN, new byte[0]);
    add(connection, false, SYN_ACK, new byte[0]);
  }

  synchronized void octets(int connection, boolean fromClient, byte[] from, int length) {
    for (int at = 0; at < length; at += LARGEST_PAYLOAD) {
      int n = Math.min(LARGEST_PAYLOAD, length - at);
      byte[] part = new byte[n];
      System.arraycopy(from, at, part, 0, n);
      add(connection, fromClient, PUSH_ACK, part);
    }
  }

  synchronized void closed(int connection, boolean byClient) {
    add(connection, byClient, FIN_ACK, new byte[0]);
  }

  private void add(int connection, boolean fromClient, int flags, byte[] payload) {
    packets.add(
        new Packet(System.currentTimeMillis() * 1000, connection, fromClient, flags, payload));
  }

  /** All octets that went one way, connection after connection. */
  synchronized byte[] all(boolean fromClient) {
    ByteBuffer all =
        ByteBuffer.allocate(
            packets.stream()
                .filter(p -> p.fromClient == fromClient)
                .mapToInt(p -> p.payload.length)
                .sum());
    packets.stream()
        .filter(p -> p.fromClient == fromClient)
        .sorted((a, b) -> Integer.compare(a.connection, b.connection))
        .forEach(p -> all.put(p.payload));
    return all.array();
  }

  /** Whether the text passed in either direction, as it stands (ISO 8859-1) and across packets. */
  boolean contains(String text) {
    return contains(text.getBytes(StandardCharsets.UTF_8));
  }

  boolean contains(byte[] octets) {
    String wanted = new String(octets, StandardCharsets.ISO_8859_1);
    return new String(all(true), StandardCharsets.ISO_8859_1).contains(wanted)
        || new String(all(false), StandardCharsets.ISO_8859_1).contains(wanted);
  }

  synchronized void writeTo(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
      header
          .putInt(0xa1b2c3d4)
          .putShort((short) 2)
          .putShort((short) 4)
          .putInt(0)
          .putInt(0)
          .putInt(0x40000)
          .putInt(101);
      out.write(header.array());
      int connections = packets.stream().mapToInt(Packet::connection).max().orElse(0) + 1;
      int[][] next = new int[connections][2];
      for (Packet p : packets) {
        int[] seq = next[p.connection];
        byte[] packet = packet(p, seq[p.fromClient ? 0 : 1], seq[p.fromClient ? 1 : 0]);
        seq[p.fromClient ? 0 : 1] += p.payload.length + ((p.flags & 3) != 0 ? 1 : 0);
        out.writeInt((int) (p.micros / 1_000_000));
        out.writeInt((int) (p.micros % 1_000_000));
        out.writeInt(packet.length);
        out.writeInt(packet.length);
        out.write(packet);
      }
    }
  }

  private byte[] packet(Packet p, int seq, int ack) {
    int clientPort = 40_000 + p.connection;
    ByteBuffer b = ByteBuffer.allocate(40 + p.payload.length);
    b.put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) b.capacity())
        .putInt(0)
        .put((byte) 64)
        .put((byte) 6)
        .putShort((short) 0);
    b.putInt(p.fromClient ? 0x0a000001 : 0x0a000002).putInt(p.fromClient ? 0x0a000002 : 0x0a000001);
    b.putShort((short) (p.fromClient ? clientPort : port))
        .putShort((short) (p.fromClient ? port : clientPort));
    b.putInt(seq)
        .putInt(p.flags == SYN ? 0 : ack)
        .put((byte) 0x50)
        .put((byte) p.flags)
        .putShort((short) 0xffff)
        .putInt(0);
    b.put(p.payload);
    return b.array();
  }
}
