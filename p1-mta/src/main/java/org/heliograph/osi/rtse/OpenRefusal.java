package org.heliograph.osi.rtse;

import java.util.Optional;
import org.heliograph.asn1.rtse.RefuseReason;

/**
 * Why an association is not opened, in X.410-1984 mode (X.228 clause 9, RefuseReason). In normal
 * mode the user's own error says it.
 */
public enum OpenRefusal {
  BUSY(RefuseReason.RTS_BUSY, false, "busy"),
  CANNOT_RECOVER(RefuseReason.CANNOT_RECOVER, false, "cannot recover the association"),
  VALIDATION_FAILURE(RefuseReason.VALIDATION_FAILURE, true, "validation failure"),
  UNACCEPTABLE_DIALOGUE_MODE(
      RefuseReason.UNACCEPTABLE_DIALOGUE_MODE, true, "unacceptable dialogue mode");

  private final long code;
  private final boolean permanent;
  private final String text;

  OpenRefusal(long code, boolean permanent, String text) {
    this.code = code;
    this.permanent = permanent;
    this.text = text;
  }

  long code() {
    return code;
  }

  /** Whether trying again is of no use. */
  public boolean permanent() {
    return permanent;
  }

  /** In words. */
  public String text() {
    return text;
  }

  static Optional<OpenRefusal> of(long code) {
    for (OpenRefusal one : values()) {
      if (one.code == code) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
