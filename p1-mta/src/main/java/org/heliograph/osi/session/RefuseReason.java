package org.heliograph.osi.session;

/** Reasons of an RF SPDU (X.225 clause 8.3.3.10). */
public final class RefuseReason {
  public static final int USER = 0;
  public static final int USER_CONGESTION = 1;

  /** With the user's data behind it. */
  public static final int USER_DATA = 2;

  public static final int SELECTOR_UNKNOWN = 128 + 1;
  public static final int NOT_ATTACHED = 128 + 2;
  public static final int CONGESTION = 128 + 3;
  public static final int VERSION = 128 + 4;
  public static final int UNSPECIFIED = 128 + 5;
  public static final int IMPLEMENTATION_RESTRICTION = 128 + 6;

  private RefuseReason() {}

  /** Whether trying again is of no use. */
  public static boolean permanent(int reason) {
    return reason == SELECTOR_UNKNOWN || reason == VERSION || reason == IMPLEMENTATION_RESTRICTION;
  }

  /** In words. */
  public static String text(int reason) {
    return switch (reason) {
      case USER -> "refused by the session user, no reason given";
      case USER_CONGESTION -> "session user congested";
      case USER_DATA -> "refused by the session user";
      case SELECTOR_UNKNOWN -> "session selector unknown";
      case NOT_ATTACHED -> "session user not attached to the selector";
      case CONGESTION -> "session entity congested";
      case VERSION -> "no common session protocol version";
      case UNSPECIFIED -> "refused by the session entity, no reason given";
      case IMPLEMENTATION_RESTRICTION -> "a limit of the peer's session entity";
      default -> "reason " + reason;
    };
  }
}
