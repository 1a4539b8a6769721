package org.heliograph.server.dissect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SPDUs of a TSDU (X.225 clause 8.2). */
final class Spdus {
  /**
   * One SPDU.
   *
   * @param from first octet of the user data in the TSDU
   * @param to behind the last one
   */
  record Spdu(int si, String name, Map<String, String> facts, int from, int to) {
    boolean hasUserData() {
      return to > from;
    }
  }

  private static final int USER_DATA = 193;
  private static final int EXTENDED_USER_DATA = 194;

  private final byte[] tsdu;
  private final List<Spdu> found = new ArrayList<>();
  private int userFrom;
  private int userTo;

  private Spdus(byte[] tsdu) {
    this.tsdu = tsdu;
  }

  /** Never fails: what is malformed ends the list with an SPDU whose name says so. */
  static List<Spdu> of(byte[] tsdu) {
    Spdus all = new Spdus(tsdu);
    all.read();
    return all.found;
  }

  private void read() {
    int at = 0;
    boolean concatenated = false;
    while (at < tsdu.length) {
      int si = tsdu[at] & 0xFF;
      int length = length(at + 1);
      int from = at + 1 + (length > 254 || at + 1 < tsdu.length && tsdu[at + 1] == -1 ? 3 : 1);
      if (length < 0 || from + length > tsdu.length) {
        found.add(
            new Spdu(
                si,
                "malformed",
                Map.of(
                    "SPDU "
                        + si
                        + " at octet "
                        + at
                        + " is longer than its TSDU (X.225 clause 8.2.5)",
                    ""),
                at,
                at));
        return;
      }
      Map<String, String> facts = new LinkedHashMap<>();
      userFrom = userTo = 0;
      parameters(facts, from, from + length, 0);
      boolean data = si == 1 && concatenated;
      if (data) {
        userFrom = from + length;
        userTo = tsdu.length;
        facts.put("octets", Integer.toString(userTo - userFrom));
      }
      found.add(new Spdu(si, name(si, concatenated), facts, userFrom, userTo));
      at = data ? tsdu.length : from + length;
      concatenated |= si == 1 || si == 2;
    }
  }

  private int length(int at) {
    if (at >= tsdu.length) {
      return -1;
    }
    int first = tsdu[at] & 0xFF;
    if (first != 0xFF) {
      return first;
    }
    return at + 2 < tsdu.length ? (tsdu[at + 1] & 0xFF) << 8 | tsdu[at + 2] & 0xFF : -1;
  }

  private void parameters(Map<String, String> facts, int from, int to, int depth) {
    int at = from;
    while (at + 1 < to) {
      int pi = tsdu[at] & 0xFF;
      int length = length(at + 1);
      int value = at + (tsdu[at + 1] == -1 ? 4 : 2);
      if (length < 0 || value + length > to) {
        facts.put("malformed parameter " + pi, "at octet " + at + " (X.225 clause 8.2.5)");
        return;
      }
      if ((pi == 1 || pi == 5 || pi == 33) && depth == 0) {
        parameters(facts, value, value + length, 1);
      } else {
        parameter(facts, pi, value, length);
      }
      at = value + length;
    }
  }

  private void parameter(Map<String, String> facts, int pi, int at, int length) {
    int number = 0;
    for (int i = at; i < at + Math.min(length, 4); i++) {
      number = number << 8 | tsdu[i] & 0xFF;
    }
    switch (pi) {
      case 9 -> facts.put("called reference", Words.hex(tsdu, at, length));
      case 10 ->
          facts.put(
              "calling reference", Words.selector(tsdu, at + skip(length), length - skip(length)));
      case 11 ->
          facts.put(
              "common reference", Words.selector(tsdu, at + skip(length), length - skip(length)));
      case 12 -> facts.put("additional reference", Words.hex(tsdu, at, length));
      case 15 -> facts.put("sync type", number == 1 ? "no confirmation" : Integer.toString(number));
      case 16 -> facts.put("tokens", String.format(java.util.Locale.ROOT, "%02x", number));
      case 17 -> facts.put("transport disconnect", (number & 1) == 1 ? "released" : "kept");
      case 19 ->
          facts.put("protocol options", (number & 1) == 1 ? "extended concatenation" : "none");
      case 20 -> facts.put("requirements", Words.requirements(number));
      case 21 ->
          facts.put(
              "TSDU maximum",
              (number >>> 16) + " from the initiator, " + (number & 0xFFFF) + " back");
      case 22 -> facts.put("version", Words.versions(number));
      case 25 ->
          facts.put(
              "enclosure", (number & 1) != 0 ? "begin" : (number & 2) != 0 ? "end" : "middle");
      case 26 -> facts.put("token setting", String.format(java.util.Locale.ROOT, "%02x", number));
      case 41 -> facts.put("activity", Words.hex(tsdu, at, length));
      case 42 -> facts.put("serial number", serial(at, length));
      case 50 -> {
        facts.put("reason", Integer.toString(length == 0 ? 0 : tsdu[at] & 0xFF));
        if (length > 1) {
          userFrom = at + 1;
          userTo = at + length;
        }
      }
      case 51 -> facts.put("calling SSEL", Words.selector(tsdu, at, length));
      case 52 -> facts.put("called SSEL", Words.selector(tsdu, at, length));
      case USER_DATA, EXTENDED_USER_DATA -> {
        userFrom = at;
        userTo = at + length;
      }
      default -> facts.put("parameter " + pi, Words.hex(tsdu, at, Math.min(length, 32)));
    }
  }

  /** References are BER strings of fewer than 128 octets: tag and length are passed over. */
  private static int skip(int length) {
    return length > 2 ? 2 : 0;
  }

  private String serial(int at, int length) {
    StringBuilder digits = new StringBuilder();
    for (int i = at; i < at + length; i++) {
      digits.append((char) ('0' + (tsdu[i] & 0x0F)));
    }
    return digits.toString();
  }

  private static String name(int si, boolean concatenated) {
    return switch (si) {
      case 0 -> "ER";
      case 1 -> concatenated ? "DT" : "GT";
      case 2 -> "PT";
      case 5 -> "EX";
      case 7 -> "PR";
      case 8 -> "NF";
      case 9 -> "FN";
      case 10 -> "DN";
      case 12 -> "RF";
      case 13 -> "CN";
      case 14 -> "AC";
      case 15 -> "CDO";
      case 16 -> "OA";
      case 21 -> "GTC";
      case 22 -> "GTA";
      case 25 -> concatenated ? "AI" : "AB";
      case 26 -> concatenated ? "AIA" : "AA";
      case 29 -> "AR";
      case 33 -> "TD";
      case 41 -> "AE";
      case 42 -> "AEA";
      case 45 -> "AS";
      case 48 -> "ED";
      case 49 -> "MIP";
      case 50 -> "MIA";
      case 57 -> "AD";
      case 58 -> "ADA";
      case 61 -> "CD";
      case 62 -> "CDA";
      default -> "SPDU " + si;
    };
  }
}
