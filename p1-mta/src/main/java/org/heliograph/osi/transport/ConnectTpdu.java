package org.heliograph.osi.transport;

import java.io.ByteArrayOutputStream;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;

/**
 * CR and CC (X.224 clauses 13.3 and 13.4).
 *
 * @param code {@link #CR} or {@link #CC}
 * @param destination reference; 0 in CR
 * @param source reference
 * @param preferredClass 0 to 4
 * @param classZeroAlternative whether class 0 is offered as an alternative
 * @param calling transport selector; empty if absent
 * @param called called or responding transport selector; empty if absent
 * @param tpduSize largest TPDU in octets; 0 if absent
 * @param preferredForm whether the size is said as a preferred maximum (in units of 128 octets),
 *     not as a power of two
 */
record ConnectTpdu(
    int code,
    int destination,
    int source,
    int preferredClass,
    boolean classZeroAlternative,
    Octets calling,
    Octets called,
    int tpduSize,
    boolean preferredForm) {
  static final int CR = 0xE0;
  static final int CC = 0xD0;

  private static final int FIXED = 7;
  private static final int TPDU_SIZE = 0xC0;
  private static final int CALLING = 0xC1;
  private static final int CALLED = 0xC2;
  private static final int ALTERNATIVES = 0xC7;
  private static final int PREFERRED_SIZE = 0xF0;
  private static final int LARGEST_SELECTOR = 64;
  private static final int UNIT = 128;

  /**
   * Reads a CR or CC.
   *
   * @param tpdu from the length indicator on
   */
  static ConnectTpdu read(String name, byte[] tpdu) throws ProtocolError {
    int end = (tpdu[0] & 0xFF) + 1;
    if (end > tpdu.length) {
      throw fail(name, 0, "a length indicator of " + (end - 1) + " in " + tpdu.length + " octets");
    }
    if (end < FIXED) {
      throw fail(name, 0, "a length indicator of " + (end - 1) + ", less than 6");
    }
    Octets calling = Octets.empty();
    Octets called = Octets.empty();
    boolean zero = false;
    int size = 0;
    boolean preferred = false;
    for (int at = FIXED; at < end; ) {
      if (at + 2 > end || at + 2 + (tpdu[at + 1] & 0xFF) > end) {
        throw fail(name, at, "a parameter that reaches beyond the header");
      }
      int length = tpdu[at + 1] & 0xFF;
      Octets value = Octets.of(tpdu, at + 2, length);
      switch (tpdu[at] & 0xFF) {
        case TPDU_SIZE -> size = size == 0 ? powerOfTwo(name, at, value) : size;
        case PREFERRED_SIZE -> {
          size = preferred(name, at, value);
          preferred = true;
        }
        case CALLING -> calling = selector(name, at, value);
        case CALLED -> called = selector(name, at, value);
        case ALTERNATIVES -> zero = offersClassZero(value);
        default -> {
          // X.224 13.2.3: a CR's undefined parameters are ignored; in a CC we are as patient.
        }
      }
      at += 2 + length;
    }
    return new ConnectTpdu(
        tpdu[1] & 0xF0,
        (tpdu[2] & 0xFF) << 8 | tpdu[3] & 0xFF,
        (tpdu[4] & 0xFF) << 8 | tpdu[5] & 0xFF,
        (tpdu[6] & 0xF0) >> 4,
        zero,
        calling,
        called,
        size,
        preferred);
  }

  private static int powerOfTwo(String name, int at, Octets value) throws ProtocolError {
    if (value.length() != 1 || value.at(0) < 7 || value.at(0) > 13) {
      throw fail(name, at, "a TPDU size that is not 128 to 8192");
    }
    return 1 << value.at(0);
  }

  private static int preferred(String name, int at, Octets value) throws ProtocolError {
    long units = 0;
    for (int i = 0; i < value.length() && i < 5; i++) {
      units = units << 8 | value.at(i);
    }
    if (value.length() < 1 || value.length() > 4 || units == 0) {
      throw fail(name, at, "a preferred TPDU size that is not a number of 1 to 4 octets");
    }
    return (int) Math.min(units * UNIT, Class0.LARGEST_TPDU);
  }

  private static Octets selector(String name, int at, Octets value) throws ProtocolError {
    if (value.length() > LARGEST_SELECTOR) {
      throw fail(name, at, "a transport selector of " + value.length() + " octets");
    }
    return value;
  }

  private static boolean offersClassZero(Octets value) {
    for (long i = 0; i < value.length(); i++) {
      if (value.at(i) >> 4 == 0) {
        return true;
      }
    }
    return false;
  }

  /** From the length indicator on. */
  byte[] write() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(code);
    out.write(destination >> 8);
    out.write(destination);
    out.write(source >> 8);
    out.write(source);
    out.write(preferredClass << 4);
    parameter(out, CALLING, calling);
    parameter(out, CALLED, called);
    if (preferredForm) {
      int units = tpduSize / UNIT;
      out.write(PREFERRED_SIZE);
      out.write(2);
      out.write(units >> 8);
      out.write(units);
    } else if (tpduSize > 0) {
      out.write(TPDU_SIZE);
      out.write(1);
      out.write(Integer.numberOfTrailingZeros(tpduSize));
    }
    byte[] tpdu = out.toByteArray();
    tpdu[0] = (byte) (tpdu.length - 1);
    return tpdu;
  }

  private static void parameter(ByteArrayOutputStream out, int code, Octets value) {
    if (!value.isEmpty()) {
      out.write(code);
      out.write((int) value.length());
      out.writeBytes(value.toByteArray());
    }
  }

  private static ProtocolError fail(String name, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.TRANSPORT, name, offset, rule);
  }
}
