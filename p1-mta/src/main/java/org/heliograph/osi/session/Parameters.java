package org.heliograph.osi.session;

import java.util.HashMap;
import java.util.Map;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;

/**
 * The parameters of one SPDU (X.225 clause 8.2): PI units, and PGI units taken apart. One flat map
 * holds them all: PI numbers are unique, but for those of the linking information group of AR,
 * which get {@link #LINKED} added.
 */
final class Parameters {
  static final int CONNECTION_IDENTIFIER = 1;
  static final int CONNECT_ACCEPT_ITEM = 5;
  static final int CALLED_REFERENCE = 9;
  static final int CALLING_REFERENCE = 10;
  static final int COMMON_REFERENCE = 11;
  static final int ADDITIONAL_REFERENCE = 12;
  static final int SYNC_TYPE_ITEM = 15;
  static final int TOKEN_ITEM = 16;
  static final int TRANSPORT_DISCONNECT = 17;
  static final int PROTOCOL_OPTIONS = 19;
  static final int SESSION_REQUIREMENTS = 20;
  static final int TSDU_MAXIMUM = 21;
  static final int VERSION = 22;
  static final int ENCLOSURE = 25;
  static final int TOKEN_SETTING = 26;
  static final int LINKING_INFORMATION = 33;
  static final int ACTIVITY_IDENTIFIER = 41;
  static final int SERIAL_NUMBER = 42;
  static final int REFLECT = 49;
  static final int REASON = 50;
  static final int CALLING_SELECTOR = 51;
  static final int CALLED_SELECTOR = 52;
  static final int USER_DATA = 193;
  static final int EXTENDED_USER_DATA = 194;

  /** Added to the numbers of PIs within linking information. */
  static final int LINKED = 256;

  private final String spdu;
  private final Map<Integer, Octets> values = new HashMap<>();

  private Parameters(String spdu) {
    this.spdu = spdu;
  }

  /**
   * Reads the parameter field.
   *
   * @param octets the whole TSDU
   * @param from first octet of the field
   * @param to behind its last octet
   */
  static Parameters read(String spdu, byte[] octets, int from, int to) throws ProtocolError {
    Parameters all = new Parameters(spdu);
    all.readUnits(octets, from, to, true, 0);
    return all;
  }

  private void readUnits(byte[] octets, int from, int to, boolean groups, int base)
      throws ProtocolError {
    int at = from;
    while (at < to) {
      int code = octets[at] & 0xFF;
      Length length = Length.read(octets, at + 1, to);
      if (length == null) {
        throw fail(at, "parameter " + code + " ends within its length");
      }
      if (length.value() > to - length.next()) {
        throw fail(
            at,
            "parameter "
                + code
                + " of "
                + length.value()
                + " octets reaches beyond the "
                + (to - length.next())
                + " that are left");
      }
      int end = length.next() + length.value();
      if (groups
          && (code == CONNECTION_IDENTIFIER
              || code == CONNECT_ACCEPT_ITEM
              || code == LINKING_INFORMATION)) {
        readUnits(octets, length.next(), end, false, code == LINKING_INFORMATION ? LINKED : 0);
      } else if (values.put(base + code, Octets.of(octets, length.next(), length.value()))
          != null) {
        throw fail(at, "parameter " + code + " a second time");
      }
      at = end;
    }
  }

  /** Empty if absent. */
  Octets octets(int code, int most) throws ProtocolError {
    Octets value = values.getOrDefault(code, Octets.empty());
    if (value.length() > most) {
      throw fail(0, "parameter " + code + " of " + value.length() + " octets, more than " + most);
    }
    return value;
  }

  boolean has(int code) {
    return values.containsKey(code);
  }

  /** A number of 1 or 2 octets, as many as {@code octets} says, or the default if absent. */
  int number(int code, int octets, int absent) throws ProtocolError {
    Octets value = values.get(code);
    if (value == null || value.isEmpty()) {
      return absent;
    }
    if (value.length() != octets) {
      throw fail(
          0,
          "parameter "
              + code
              + " of "
              + value.length()
              + " octets where "
              + octets
              + " are expected");
    }
    return octets == 1 ? value.at(0) : value.at(0) << 8 | value.at(1);
  }

  /** A synchronization point serial number: up to 6 decimal digits (clause 8.3.20). */
  int serial(int code) throws ProtocolError {
    Octets value = values.get(code);
    if (value == null) {
      throw fail(0, "no serial number");
    }
    int number = 0;
    for (int i = 0; i < value.length() && i < 7; i++) {
      int digit = value.at(i) - '0';
      if (digit < 0 || digit > 9) {
        throw fail(0, "a serial number that is not decimal digits");
      }
      number = 10 * number + digit;
    }
    if (value.isEmpty() || value.length() > 6) {
      throw fail(0, "a serial number of " + value.length() + " digits");
    }
    return number;
  }

  ProtocolError fail(int offset, String rule) {
    return new ProtocolError(ProtocolError.In.SESSION, spdu, offset, rule);
  }
}
