package org.heliograph.model;

import java.util.OptionalLong;

/**
 * The length of the content that a probe asks about (X.411 12.2.1.2 content-length). It is carried
 * as a private extension that exists inside the switch only; who reads P1 puts it there.
 */
public final class ProbeLength {
  /** Names the extension; its value is a BER INTEGER. */
  public static final String TYPE = "2.25.181426327914872340169483297611035870214.7";

  private static final int INTEGER = 0x02;
  private static final int MOST_OCTETS = 8;

  private ProbeLength() {}

  /** The octets of content that a probe asks about, if it says. */
  public static OptionalLong of(Envelope probe) {
    for (Extension e : probe.extensions()) {
      if (e.type() instanceof Extension.Private p && p.oid().dotted().equals(TYPE)) {
        return integer(e.value().toArray());
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong integer(byte[] ber) {
    if (ber.length < 3 || ber.length > 2 + MOST_OCTETS || ber[0] != INTEGER) {
      return OptionalLong.empty();
    }
    long value = ber[2];
    for (int i = 3; i < ber.length; i++) {
      value = value << 8 | (ber[i] & 0xFF);
    }
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
