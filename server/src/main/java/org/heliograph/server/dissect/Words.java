package org.heliograph.server.dissect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Values of the lower layers as people read them. */
final class Words {
  private static final String[] REQUIREMENTS = {
    "half-duplex",
    "duplex",
    "expedited",
    "minor-sync",
    "major-sync",
    "resynchronize",
    "activity",
    "negotiated-release",
    "capability",
    "exceptions",
    "typed-data",
    "symmetric-sync"
  };

  private Words() {}

  static String hex(byte[] octets, int at, int length) {
    return HexFormat.of().formatHex(octets, at, at + length);
  }

  /** As text in quotes where it is text, else as hexadecimal digits. */
  static String selector(byte[] octets, int at, int length) {
    boolean text = length > 0;
    for (int i = at; i < at + length; i++) {
      text &= octets[i] >= 0x20 && octets[i] < 0x7F;
    }
    return text
        ? '"' + new String(octets, at, length, StandardCharsets.US_ASCII) + '"'
        : "0x" + hex(octets, at, length);
  }

  static String requirements(int bits) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < REQUIREMENTS.length; i++) {
      if ((bits & 1 << i) != 0) {
        names.add(REQUIREMENTS[i]);
      }
    }
    return String.join(" ", names);
  }

  static String versions(int bits) {
    return switch (bits & 3) {
      case 1 -> "1";
      case 2 -> "2";
      case 3 -> "1 or 2";
      default -> "bits " + bits;
    };
  }

  /** Reason of a DR (X.224 clause 13.5.3). */
  static String disconnect(int reason) {
    return reason
        + switch (reason) {
          case 0 -> " (not specified)";
          case 1 -> " (congestion at the transport selector)";
          case 2 -> " (session entity not attached to the transport selector)";
          case 3 -> " (transport selector unknown)";
          case 128 -> " (normal disconnect)";
          case 129 -> " (remote transport entity congested)";
          case 130 -> " (connection negotiation failed)";
          case 133 -> " (protocol error)";
          case 136 -> " (connection request refused)";
          default -> "";
        };
  }

  /** Reason of an RF (X.225 clause 8.3.5.12). */
  static String refusal(int reason) {
    return reason
        + switch (reason) {
          case 0 -> " (by the session user)";
          case 1 -> " (session user congested)";
          case 2 -> " (by the session user, with data)";
          case 129 -> " (session selector unknown)";
          case 130 -> " (session user not attached to the selector)";
          case 131 -> " (session entity congested)";
          case 132 -> " (no common session version)";
          case 133 -> " (by the session entity)";
          case 134 -> " (a limit of the session entity)";
          default -> "";
        };
  }

  /** Reason of AI, AD and ED (X.225 clause 8.3.25, 8.3.34). */
  static String exception(int reason) {
    return reason
        + switch (reason) {
          case 0 -> " (no reason given)";
          case 1 -> " (receiving ability jeopardized)";
          case 3 -> " (sequence error)";
          case 5 -> " (local user error)";
          case 6 -> " (unrecoverable procedural error)";
          case 128 -> " (demand data token)";
          default -> "";
        };
  }

  /** Refuse reason of RTORJ (X.228 clause 8.4.3). */
  static String rtseRefusal(long reason) {
    return switch ((int) reason) {
      case 0 -> "rtsBusy (0)";
      case 1 -> "cannotRecover (1)";
      case 2 -> "validationFailure (2)";
      case 3 -> "unacceptableDialogueMode (3)";
      default -> Long.toString(reason);
    };
  }

  /** Abort reason of RTAB (X.228 clause 8.4.6). */
  static String rtseAbort(long reason) {
    return switch ((int) reason) {
      case 0 -> "localSystemProblem (0)";
      case 1 -> "invalidParameter (1)";
      case 2 -> "unrecognizedActivity (2)";
      case 3 -> "temporaryProblem (3)";
      case 4 -> "protocolError (4)";
      case 5 -> "permanentProblem (5)";
      case 6 -> "userError (6)";
      case 7 -> "transferCompleted (7)";
      default -> Long.toString(reason);
    };
  }
}
