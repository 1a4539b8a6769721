package org.heliograph.asn1;

import java.math.BigInteger;
import java.util.Arrays;

/** An OBJECT IDENTIFIER (X.690 8.19), kept as its content octets; at most 128 of them. */
public final class ObjectIdentifier implements Comparable<ObjectIdentifier> {
  static final int MAX_OCTETS = 128;
  private final byte[] content;

  private ObjectIdentifier(byte[] content) {
    this.content = content;
  }

  /**
   * From dotted decimal.
   *
   * @throws IllegalArgumentException when the text is no object identifier
   */
  public static ObjectIdentifier of(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    if (arcs.length < 2 || !dotted.matches("[0-9.]{3,400}")) {
      throw new IllegalArgumentException("no object identifier: " + dotted);
    }
    BigInteger first = arc(arcs[0], dotted);
    BigInteger second = arc(arcs[1], dotted);
    if (first.intValue() > 2
        || first.bitLength() > 2
        || (first.intValue() < 2 && second.compareTo(BigInteger.valueOf(39)) > 0)) {
      throw new IllegalArgumentException("no object identifier: " + dotted);
    }
    byte[] octets = new byte[MAX_OCTETS];
    int at = append(octets, 0, first.multiply(BigInteger.valueOf(40)).add(second), dotted);
    for (int i = 2; i < arcs.length; i++) {
      at = append(octets, at, arc(arcs[i], dotted), dotted);
    }
    return new ObjectIdentifier(Arrays.copyOf(octets, at));
  }

  private static BigInteger arc(String text, String dotted) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("no object identifier: " + dotted);
    }
    return new BigInteger(text);
  }

  private static int append(byte[] octets, int at, BigInteger arc, String dotted) {
    int groups = Math.max(1, (arc.bitLength() + 6) / 7);
    if (at + groups > MAX_OCTETS) {
      throw new IllegalArgumentException("object identifier too long: " + dotted);
    }
    for (int i = groups - 1, to = at; i >= 0; i--) {
      int group = arc.shiftRight(7 * i).intValue() & 0x7F;
      octets[to++] = (byte) (i > 0 ? group | 0x80 : group);
    }
    return at + groups;
  }

  /** From content octets, checked. */
  static ObjectIdentifier read(BerReader in) throws DecodeException {
    if (in.length() < 1 || in.length() > MAX_OCTETS) {
      throw in.fail(
          "object identifier of " + in.length() + " octets; 1 to " + MAX_OCTETS + " are read");
    }
    byte[] content = in.content().toByteArray();
    boolean arcStarts = true;
    for (byte octet : content) {
      if (arcStarts && octet == (byte) 0x80) {
        throw in.fail("object identifier arc with a leading zero");
      }
      arcStarts = octet >= 0;
    }
    if (!arcStarts) {
      throw in.fail("object identifier ends within an arc");
    }
    return new ObjectIdentifier(content);
  }

  byte[] content() {
    return content;
  }

  /** Whether this one lies below the other in the tree, or is it. */
  public boolean startsWith(ObjectIdentifier root) {
    return content.length >= root.content.length
        && Arrays.equals(content, 0, root.content.length, root.content, 0, root.content.length);
  }

  @Override
  public int compareTo(ObjectIdentifier other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectIdentifier that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Dotted decimal. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    BigInteger arc = BigInteger.ZERO;
    for (byte octet : content) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7F));
      if (octet >= 0) {
        if (text.isEmpty()) {
          int root =
              Math.min(
                  2, arc.divide(BigInteger.valueOf(40)).bitLength() > 1 ? 2 : arc.intValue() / 40);
          text.append(root);
          arc = arc.subtract(BigInteger.valueOf(40L * root));
        }
        text.append('.').append(arc);
        arc = BigInteger.ZERO;
      }
    }
    return text.toString();
  }
}
