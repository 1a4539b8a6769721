package org.heliograph.mail;

import org.heliograph.model.Failure;

/** Enhanced status codes (RFC 3463) for failures that no SMTP system has put into codes. */
public final class StatusCodes {
  private StatusCodes() {}

  /**
   * The status of {@code failure}: the SMTP code it carries, else one for its cause.
   *
   * @param permanent whether the failure is final; if not, the class becomes 4
   */
  public static String of(Failure failure, boolean permanent) {
    String code =
        failure.smtp().map(c -> c.enhanced()).orElseGet(() -> "5." + detail(failure.cause()));
    return permanent ? code : "4" + code.substring(1);
  }

  private static String detail(Failure.Cause cause) {
    return switch (cause) {
      case UNKNOWN_RECIPIENT -> "1.1";
      case NO_ROUTE -> "4.4";
      case EXPIRED -> "4.7";
      case TOO_LARGE -> "3.4";
      case LOOP -> "4.6";
      case REFUSED_BY_PEER -> "0.0";
      case PEER_UNAVAILABLE -> "4.1";
      case CONTENT_NOT_SUPPORTED -> "6.1";
      case CONTENT_SYNTAX -> "6.0";
      case CRITICAL_EXTENSION -> "6.0";
      case CONVERSION_FAILED -> "6.3";
      case PROTECTION_FAILED -> "7.0";
      case POLICY -> "7.1";
      case OPERATOR -> "0.0";
      case INTERNAL -> "3.0";
    };
  }
}
