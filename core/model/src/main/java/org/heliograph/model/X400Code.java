package org.heliograph.model;

import java.util.OptionalInt;

/**
 * X.411 non-delivery reason and diagnostic (8.3.1.2.1.8, 8.3.1.2.1.9).
 *
 * @param reason NonDeliveryReasonCode
 * @param diagnostic NonDeliveryDiagnosticCode, where one says more
 */
public record X400Code(int reason, OptionalInt diagnostic) {
  public static final int REASON_TRANSFER_FAILURE = 0;
  public static final int REASON_UNABLE_TO_TRANSFER = 1;
  public static final int REASON_CONVERSION_NOT_PERFORMED = 2;
  public static final int REASON_PHYSICAL_RENDITION_NOT_PERFORMED = 3;
  public static final int REASON_PHYSICAL_DELIVERY_NOT_PERFORMED = 4;
  public static final int REASON_RESTRICTED_DELIVERY = 5;
  public static final int REASON_DIRECTORY_OPERATION_UNSUCCESSFUL = 6;
  public static final int REASON_DEFERRED_DELIVERY_NOT_PERFORMED = 7;
  public static final int REASON_SECURITY = 8;

  public static X400Code of(int reason, int diagnostic) {
    return new X400Code(reason, OptionalInt.of(diagnostic));
  }

  public static X400Code of(int reason) {
    return new X400Code(reason, OptionalInt.empty());
  }

  /** unrecognised-OR-name (0). */
  public static final X400Code UNRECOGNISED_OR_NAME = of(REASON_UNABLE_TO_TRANSFER, 0);

  /** mts-congestion (2). */
  public static final X400Code MTS_CONGESTION = of(REASON_TRANSFER_FAILURE, 2);

  /** loop-detected (3). */
  public static final X400Code LOOP_DETECTED = of(REASON_UNABLE_TO_TRANSFER, 3);

  /** recipient-unavailable (4). */
  public static final X400Code RECIPIENT_UNAVAILABLE = of(REASON_UNABLE_TO_TRANSFER, 4);

  /** maximum-time-expired (5). */
  public static final X400Code MAXIMUM_TIME_EXPIRED = of(REASON_UNABLE_TO_TRANSFER, 5);

  /** content-too-long (7). */
  public static final X400Code CONTENT_TOO_LONG = of(REASON_UNABLE_TO_TRANSFER, 7);

  /** content-syntax-error (12). */
  public static final X400Code CONTENT_SYNTAX_ERROR = of(REASON_UNABLE_TO_TRANSFER, 12);

  /** unsupported-critical-function (18). */
  public static final X400Code UNSUPPORTED_CRITICAL_FUNCTION = of(REASON_UNABLE_TO_TRANSFER, 18);

  /** recipient-reassignment-prohibited (26). */
  public static final X400Code REASSIGNMENT_PROHIBITED = of(REASON_UNABLE_TO_TRANSFER, 26);

  /** redirection-loop-detected (27). */
  public static final X400Code REDIRECTION_LOOP = of(REASON_UNABLE_TO_TRANSFER, 27);

  /** dl-expansion-prohibited (28). */
  public static final X400Code DL_EXPANSION_PROHIBITED = of(REASON_UNABLE_TO_TRANSFER, 28);

  /** no-dl-submit-permission (29). */
  public static final X400Code NO_DL_SUBMIT_PERMISSION = of(REASON_UNABLE_TO_TRANSFER, 29);

  /** dl-expansion-failure (30). */
  public static final X400Code DL_EXPANSION_FAILURE = of(REASON_UNABLE_TO_TRANSFER, 30);

  /** transfer-failure-for-security-reason (8), security-policy-violation (53). */
  public static final X400Code SECURITY_POLICY_VIOLATION = of(REASON_SECURITY, 53);

  @Override
  public String toString() {
    return "reason "
        + reason
        + (diagnostic.isPresent() ? ", diagnostic " + diagnostic.getAsInt() : "");
  }
}
