package org.heliograph.osi.transport;

/** Reasons of a DR TPDU (X.224 clause 13.5.3). */
public final class DisconnectReason {
  public static final int NOT_SPECIFIED = 0;
  public static final int CONGESTION = 1;
  public static final int SESSION_ENTITY_NOT_ATTACHED = 2;
  public static final int ADDRESS_UNKNOWN = 3;
  public static final int NORMAL = 128;
  public static final int NEGOTIATION_FAILED = 128 + 2;
  public static final int PROTOCOL_ERROR = 128 + 5;

  private DisconnectReason() {}

  /** Whether trying again is of no use. */
  public static boolean permanent(int reason) {
    return reason == ADDRESS_UNKNOWN || reason == NEGOTIATION_FAILED;
  }

  /** In words. */
  public static String text(int reason) {
    return switch (reason) {
      case NOT_SPECIFIED -> "reason not specified";
      case CONGESTION -> "congestion at the transport selector";
      case SESSION_ENTITY_NOT_ATTACHED -> "session entity not attached to the transport selector";
      case ADDRESS_UNKNOWN -> "transport selector unknown";
      case NORMAL -> "normal disconnect";
      case 128 + 1 -> "remote transport entity congested";
      case NEGOTIATION_FAILED -> "connection negotiation failed (class)";
      case 128 + 3 -> "duplicate source reference";
      case 128 + 4 -> "mismatched references";
      case PROTOCOL_ERROR -> "protocol error";
      case 128 + 7 -> "reference overflow";
      case 128 + 8 -> "connection request refused on this network connection";
      case 128 + 10 -> "header or parameter length invalid";
      default -> "reason " + reason;
    };
  }
}
