package org.heliograph.asn1.modules;

import java.util.ArrayList;
import java.util.List;

/**
 * The least that reading and writing BER can cost: elements as ranges of the input, nothing named,
 * nothing checked. Written by hand as the measure for the generated codecs.
 */
final class SliceCodec {
  private final byte[] octets;
  private int at;

  /** One element: its children, or the range of its content. */
  static final class Node {
    final byte identifier;
    final int from;
    final int to;
    final List<Node> children;
    int length;

    Node(byte identifier, int from, int to, List<Node> children) {
      this.identifier = identifier;
      this.from = from;
      this.to = to;
      this.children = children;
    }
  }

  private SliceCodec(byte[] octets) {
    this.octets = octets;
  }

  static Node decode(byte[] octets) {
    return new SliceCodec(octets).node();
  }

  private Node node() {
    byte identifier = octets[at++];
    int length = octets[at++] & 0xFF;
    if (length > 0x80) {
      int count = length & 0x7F;
      length = 0;
      while (count-- > 0) {
        length = length << 8 | octets[at++] & 0xFF;
      }
    }
    int end = at + length;
    if ((identifier & 0x20) == 0) {
      int from = at;
      at = end;
      return new Node(identifier, from, end, List.of());
    }
    List<Node> children = new ArrayList<>();
    while (at < end) {
      children.add(node());
    }
    return new Node(identifier, at, at, children);
  }

  static byte[] encode(Node node, byte[] source) {
    byte[] out = new byte[measure(node)];
    write(node, source, out, 0);
    return out;
  }

  private static int measure(Node node) {
    int length = node.to - node.from;
    for (Node child : node.children) {
      length += measure(child);
    }
    node.length = length;
    return 1 + (length < 0x80 ? 1 : length < 0x100 ? 2 : 3) + length;
  }

  private static int write(Node node, byte[] source, byte[] out, int start) {
    int to = start;
    out[to++] = node.identifier;
    if (node.length >= 0x100) {
      out[to++] = (byte) 0x82;
      out[to++] = (byte) (node.length >> 8);
    } else if (node.length >= 0x80) {
      out[to++] = (byte) 0x81;
    }
    out[to++] = (byte) node.length;
    if (node.children.isEmpty()) {
      System.arraycopy(source, node.from, out, to, node.to - node.from);
      return to + node.to - node.from;
    }
    for (Node child : node.children) {
      to = write(child, source, out, to);
    }
    return to;
  }
}
