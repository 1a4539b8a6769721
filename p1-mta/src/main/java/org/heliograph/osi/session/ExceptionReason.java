package org.heliograph.osi.session;

/** Reasons of exception report, activity interrupt and activity discard (X.225 clause 8.3.27). */
public final class ExceptionReason {
  public static final int NON_SPECIFIC = 0;
  public static final int RECEIVING_ABILITY_JEOPARDIZED = 1;
  public static final int SEQUENCE_ERROR = 3;
  public static final int LOCAL_USER_ERROR = 5;
  public static final int UNRECOVERABLE_PROCEDURE_ERROR = 6;
  public static final int DEMAND_DATA_TOKEN = 128;

  private ExceptionReason() {}

  /** In words. */
  public static String text(int reason) {
    return switch (reason) {
      case NON_SPECIFIC -> "non-specific error";
      case RECEIVING_ABILITY_JEOPARDIZED -> "receiving ability jeopardized";
      case SEQUENCE_ERROR -> "user sequence error";
      case LOCAL_USER_ERROR -> "local session user error";
      case UNRECOVERABLE_PROCEDURE_ERROR -> "unrecoverable procedure error";
      case DEMAND_DATA_TOKEN -> "demand data token";
      default -> "reason " + reason;
    };
  }
}
