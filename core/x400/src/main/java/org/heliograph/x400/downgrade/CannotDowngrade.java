package org.heliograph.x400.downgrade;

import org.heliograph.model.Failure;
import org.heliograph.model.X400Code;

/** Something that must not be lost has no form of 1984. */
public final class CannotDowngrade extends Exception {
  private static final long serialVersionUID = 1;
  private static final int UNABLE_TO_DOWNGRADE = 47;
  private static final int IMPLICIT_CONVERSION_PROHIBITED = 9;
  private static final int CONVERSION_WITH_LOSS_PROHIBITED = 19;

  private final int reason;
  private final int diagnostic;

  private CannotDowngrade(int reason, int diagnostic, String text) {
    super(text);
    this.reason = reason;
    this.diagnostic = diagnostic;
  }

  /** unable-to-transfer, unable-to-downgrade (47). */
  static CannotDowngrade because(String text) {
    return new CannotDowngrade(X400Code.REASON_UNABLE_TO_TRANSFER, UNABLE_TO_DOWNGRADE, text);
  }

  /** conversion-not-performed, implicit-conversion-prohibited (9). */
  static CannotDowngrade conversionProhibited(String text) {
    return new CannotDowngrade(
        X400Code.REASON_CONVERSION_NOT_PERFORMED, IMPLICIT_CONVERSION_PROHIBITED, text);
  }

  /** conversion-not-performed, conversion-with-loss-prohibited (19). */
  static CannotDowngrade lossProhibited(String text) {
    return new CannotDowngrade(
        X400Code.REASON_CONVERSION_NOT_PERFORMED, CONVERSION_WITH_LOSS_PROHIBITED, text);
  }

  /** As the failure of a recipient. */
  public Failure failure() {
    return Failure.of(Failure.Cause.CONVERSION_FAILED, "it has no form of 1984: " + getMessage())
        .withX400(X400Code.of(reason, diagnostic));
  }
}
