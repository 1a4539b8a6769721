package org.heliograph.server.dissect;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads packets from a capture file: classic pcap in both byte orders and resolutions, and pcapng
 * (section header, interface description, enhanced, simple and old packet blocks; others are passed
 * over).
 */
public final class CaptureFile {
  private static final int LARGEST_PACKET = 1 << 20;
  private static final int LARGEST_BLOCK = 16 << 20;
  private static final int SECTION = 0x0A0D0D0A;

  /** Takes packets. */
  @FunctionalInterface
  public interface Packets {
    /**
     * One packet.
     *
     * @param link its link type as tcpdump.org numbers them
     * @param micros when it was captured
     * @param octets what was captured of it
     * @param whole whether that is all of it
     */
    void packet(int link, long micros, byte[] octets, boolean whole);
  }

  private record Interface(int link, long unitsPerSecond) {}

  private CaptureFile() {}

  /** Whether the file begins as a capture does. */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(4);
      return magic.length == 4
          && (ByteBuffer.wrap(magic).getInt() == SECTION || order(magic) != null);
    }
  }

  /**
   * Reads all packets.
   *
   * @throws IOException if the file is no capture or ends within a packet; says at which octet
   */
  public static void read(Path file, Packets packets) throws IOException {
    try (Counted in = new Counted(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      byte[] magic = in.exactly(4);
      if (ByteBuffer.wrap(magic).getInt() == SECTION) {
        blocks(in, packets);
        return;
      }
      ByteOrder order = order(magic);
      if (order == null) {
        throw new IOException(file + " is no capture; expected pcap or pcapng");
      }
      boolean nanos = (ByteBuffer.wrap(magic).order(order).getInt() & 0xFFFF) == 0x3C4D;
      classic(in, order, nanos, packets);
    }
  }

  private static @org.jspecify.annotations.Nullable ByteOrder order(byte[] magic) {
    int number = ByteBuffer.wrap(magic).getInt();
    return switch (number) {
      case 0xA1B2C3D4, 0xA1B23C4D -> ByteOrder.BIG_ENDIAN;
      case 0xD4C3B2A1, 0x4D3CB2A1 -> ByteOrder.LITTLE_ENDIAN;
      default -> null;
    };
  }

  private static void classic(Counted in, ByteOrder order, boolean nanos, Packets packets)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.exactly(20)).order(order);
    int link = header.getInt(16) & 0x0FFFFFFF;
    for (byte[] record = in.atMost(16); record.length > 0; record = in.atMost(16)) {
      if (record.length < 16) {
        throw new EOFException("the capture ends within a packet header, at octet " + in.count);
      }
      ByteBuffer r = ByteBuffer.wrap(record).order(order);
      long seconds = r.getInt(0) & 0xFFFFFFFFL;
      long fraction = r.getInt(4) & 0xFFFFFFFFL;
      int captured = r.getInt(8);
      if (captured < 0 || captured > LARGEST_PACKET) {
        throw new IOException("a packet of " + captured + " octets at octet " + in.count);
      }
      packets.packet(
          link,
          seconds * 1_000_000 + (nanos ? fraction / 1000 : fraction),
          in.exactly(captured),
          captured >= r.getInt(12));
    }
  }

  private static void blocks(Counted in, Packets packets) throws IOException {
    List<Interface> interfaces = new ArrayList<>();
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    int type = SECTION;
    while (true) {
      byte[] length = in.exactly(4);
      if (type == SECTION) {
        byte[] magic = in.exactly(4);
        order =
            ByteBuffer.wrap(magic).getInt() == 0x1A2B3C4D
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        interfaces.clear();
      }
      int total = ByteBuffer.wrap(length).order(order).getInt();
      int read = type == SECTION ? 12 : 8;
      if (total < read + 4 || total > LARGEST_BLOCK) {
        throw new IOException("a block of " + total + " octets at octet " + in.count);
      }
      ByteBuffer body = ByteBuffer.wrap(in.exactly(total - read - 4)).order(order);
      in.exactly(4);
      block(type, body, interfaces, packets);
      byte[] next = in.atMost(4);
      if (next.length == 0) {
        return;
      }
      type = ByteBuffer.wrap(next).order(order).getInt();
    }
  }

  private static void block(int type, ByteBuffer body, List<Interface> interfaces, Packets packets)
      throws IOException {
    try {
      switch (type) {
        case 1 -> interfaces.add(description(body));
        case 2, 6 -> {
          int number = type == 6 ? body.getInt(0) : body.getShort(0) & 0xFFFF;
          Interface from = interfaces.get(number);
          long units = (body.getInt(4) & 0xFFFFFFFFL) << 32 | body.getInt(8) & 0xFFFFFFFFL;
          byte[] octets = new byte[Math.min(Math.max(0, body.getInt(12)), body.capacity() - 20)];
          body.get(20, octets);
          long micros =
              units / from.unitsPerSecond() * 1_000_000
                  + units % from.unitsPerSecond() * 1_000_000 / from.unitsPerSecond();
          packets.packet(from.link(), micros, octets, octets.length >= body.getInt(16));
        }
        case 3 -> {
          Interface from = interfaces.getFirst();
          int original = body.getInt(0);
          byte[] octets = new byte[Math.min(Math.max(0, original), body.capacity() - 4)];
          body.get(4, octets);
          packets.packet(from.link(), 0, octets, octets.length >= original);
        }
        default -> {
          // Names, statistics and what is to come.
        }
      }
    } catch (IndexOutOfBoundsException | java.util.NoSuchElementException broken) {
      throw new IOException("a malformed block of type " + type, broken);
    }
  }

  private static Interface description(ByteBuffer body) {
    long units = 1_000_000;
    for (int at = 8; at + 4 <= body.capacity(); ) {
      int code = body.getShort(at) & 0xFFFF;
      int length = body.getShort(at + 2) & 0xFFFF;
      if (code == 0) {
        break;
      }
      if (code == 9 && length >= 1) {
        int resolution = body.get(at + 4);
        int power = Math.min(resolution & 0x7F, (resolution & 0x80) != 0 ? 40 : 12);
        units = (resolution & 0x80) != 0 ? 1L << power : (long) Math.pow(10, power);
      }
      at += 4 + (length + 3) / 4 * 4;
    }
    return new Interface(body.getShort(0) & 0xFFFF, units);
  }

  /** Knows where it is. */
  private static final class Counted implements AutoCloseable {
    private final InputStream in;
    private long count;

    Counted(InputStream in) {
      this.in = in;
    }

    byte[] exactly(int length) throws IOException {
      byte[] octets = atMost(length);
      if (octets.length < length) {
        throw new EOFException("the capture ends within a packet, at octet " + count);
      }
      return octets;
    }

    byte[] atMost(int length) throws IOException {
      byte[] octets = in.readNBytes(length);
      count += octets.length;
      return octets;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
