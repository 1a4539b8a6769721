package org.heliograph.osi;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one side sent over a connection, taken apart by hand (RFC 1006, X.224 DT, X.225), with none
 * of the code that is being judged.
 */
final class Reassembly {
  /**
   * A TSDU.
   *
   * @param si of the SPDU that counts: in a concatenation the second
   * @param octets the whole TSDU
   * @param user in a DT, user information
   */
  record Unit(int si, byte[] octets, byte[] user) {
    /** GT and DT share their number; a second SPDU 1 is DT. */
    boolean data() {
      return si == 1 && user.length > 0;
    }
  }

  private Reassembly() {}

  /** All complete TSDUs behind the connect TPDU. */
  static List<Unit> units(byte[] octets) {
    List<Unit> units = new ArrayList<>();
    ByteArrayOutputStream tsdu = new ByteArrayOutputStream();
    int at = 0;
    while (at + 4 <= octets.length) {
      if (octets[at] != 3) {
        throw new AssertionError("no TPKT at octet " + at);
      }
      int length = (octets[at + 2] & 0xFF) << 8 | octets[at + 3] & 0xFF;
      if (at + length > octets.length) {
        break;
      }
      if ((octets[at + 5] & 0xFF) == 0xF0) {
        tsdu.write(octets, at + 7, length - 7);
        if (octets[at + 6] < 0) {
          units.add(unit(tsdu.toByteArray()));
          tsdu.reset();
        }
      }
      at += length;
    }
    return units;
  }

  private static Unit unit(byte[] tsdu) {
    int first = tsdu[0] & 0xFF;
    if (first != 1 && first != 2 || tsdu.length == 2) {
      return new Unit(first, tsdu, new byte[0]);
    }
    // GT and PT before another SPDU have no parameters.
    if (tsdu[1] != 0) {
      return new Unit(first, tsdu, new byte[0]);
    }
    int si = tsdu[2] & 0xFF;
    byte[] user = si == 1 ? Arrays.copyOfRange(tsdu, 4 + tsdu[3], tsdu.length) : new byte[0];
    return new Unit(si, tsdu, user);
  }

  /** User information of all DTs, one behind the other. */
  static byte[] data(List<Unit> units) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    units.stream().filter(Unit::data).forEach(u -> all.writeBytes(u.user()));
    return all.toByteArray();
  }

  /**
   * Contents of the RTTRs in normal mode: user data [APPLICATION 1] { SEQUENCE { INTEGER, [0] {
   * OCTET STRING }}}, definite lengths.
   */
  static byte[] rttrs(List<Unit> units) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Unit unit : units) {
      if (unit.data()) {
        byte[] octets = unit.user();
        int at = inner(octets, 0, 0x61);
        at = inner(octets, at, 0x30);
        at = inner(octets, at, 0x02) + octets[at + 1];
        at = inner(octets, at, 0xA0);
        at = inner(octets, at, 0x04);
        all.write(octets, at, octets.length - at);
      }
    }
    return all.toByteArray();
  }

  private static int inner(byte[] octets, int at, int tag) {
    if ((octets[at] & 0xFF) != tag) {
      throw new AssertionError("tag " + octets[at] + " where " + tag + " is expected");
    }
    int length = octets[at + 1];
    return length >= 0 ? at + 2 : at + 2 + (length & 0x7F);
  }
}
