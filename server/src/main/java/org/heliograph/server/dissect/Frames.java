package org.heliograph.server.dissect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Finds TCP in the frames of a capture. */
final class Frames {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;
  private static final int TCP = 6;

  /**
   * A TCP segment.
   *
   * @param missing octets of its payload that were not captured
   */
  record Segment(End from, End to, int sequence, int flags, byte[] payload, int missing) {
    boolean syn() {
      return (flags & 2) != 0;
    }

    boolean ack() {
      return (flags & 16) != 0;
    }
  }

  /** One end of a connection. */
  record End(InetAddress address, int port) {
    @Override
    public String toString() {
      String host = address.getHostAddress();
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  private Frames() {}

  /** The segment in a frame; empty for all else. Fragments of IP packets are not joined. */
  static Optional<Segment> segment(int link, byte[] frame) {
    try {
      ByteBuffer f = ByteBuffer.wrap(frame);
      int at = network(link, f);
      return at < 0 ? Optional.empty() : ip(f, at);
    } catch (IndexOutOfBoundsException | UnknownHostException cut) {
      return Optional.empty();
    }
  }

  /** Where the IP header begins; -1 if there is none. */
  private static int network(int link, ByteBuffer f) {
    return switch (link) {
      case 0, 108 -> 4;
      case 1 -> {
        int at = 12;
        int type = f.getShort(at) & 0xFFFF;
        while (type == 0x8100 || type == 0x88A8) {
          at += 4;
          type = f.getShort(at) & 0xFFFF;
        }
        yield type == IPV4 || type == IPV6 ? at + 2 : -1;
      }
      case 12, 101, 228, 229 -> 0;
      case 113 -> 16;
      case 276 -> 20;
      default -> -1;
    };
  }

  private static Optional<Segment> ip(ByteBuffer f, int at) throws UnknownHostException {
    int version = (f.get(at) & 0xF0) >> 4;
    if (version == 4) {
      boolean fragment = (f.getShort(at + 6) & 0x3FFF) != 0;
      int header = (f.get(at) & 0x0F) * 4;
      // Packets that the network card cut up later are captured with a length of 0.
      int total = f.getShort(at + 2) & 0xFFFF;
      if (fragment || f.get(at + 9) != TCP) {
        return Optional.empty();
      }
      int end = total == 0 ? f.capacity() : at + total;
      return tcp(f, at + header, end, address(f, at + 12, 4), address(f, at + 16, 4));
    }
    if (version != 6) {
      return Optional.empty();
    }
    int payload = f.getShort(at + 4) & 0xFFFF;
    int end = payload == 0 ? f.capacity() : at + 40 + payload;
    int next = f.get(at + 6) & 0xFF;
    int header = at + 40;
    while (next == 0 || next == 43 || next == 60) {
      next = f.get(header) & 0xFF;
      header += 8 + (f.get(header + 1) & 0xFF) * 8;
    }
    return next == TCP
        ? tcp(f, header, end, address(f, at + 8, 16), address(f, at + 24, 16))
        : Optional.empty();
  }

  private static InetAddress address(ByteBuffer f, int at, int length) throws UnknownHostException {
    byte[] octets = new byte[length];
    f.get(at, octets);
    return InetAddress.getByAddress(octets);
  }

  private static Optional<Segment> tcp(
      ByteBuffer f, int at, int end, InetAddress from, InetAddress to) {
    int data = at + ((f.get(at + 12) & 0xF0) >> 4) * 4;
    int have = Math.min(end, f.capacity());
    byte[] payload = new byte[Math.max(0, have - data)];
    if (payload.length > 0) {
      f.get(data, payload);
    }
    return Optional.of(
        new Segment(
            new End(from, f.getShort(at) & 0xFFFF),
            new End(to, f.getShort(at + 2) & 0xFFFF),
            f.getInt(at + 4),
            f.get(at + 13) & 0xFF,
            payload,
            Math.max(0, end - have)));
  }
}
