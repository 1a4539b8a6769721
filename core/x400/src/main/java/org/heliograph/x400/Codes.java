package org.heliograph.x400;

import org.heliograph.model.Failure;
import org.heliograph.model.X400Code;

/** The X.411 codes of a failure that no one has given any. */
public final class Codes {
  private static final int SIZE_CONSTRAINT_VIOLATION = 13;
  private static final int CONTENT_TYPE_NOT_SUPPORTED = 15;
  private static final int UNABLE_TO_COMPLETE_TRANSFER = 48;
  private static final int SECURE_MESSAGING_ERROR = 46;

  /** A bound of X.411 is broken: unable-to-transfer, size-constraint-violation (13). */
  public static final X400Code BOUND_BROKEN =
      X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, SIZE_CONSTRAINT_VIOLATION);

  private Codes() {}

  /** The codes it has, or those that its cause stands for. */
  public static X400Code of(Failure failure) {
    return failure
        .x400()
        .orElseGet(
            () ->
                switch (failure.cause()) {
                  case UNKNOWN_RECIPIENT, NO_ROUTE -> X400Code.UNRECOGNISED_OR_NAME;
                  case EXPIRED -> X400Code.MAXIMUM_TIME_EXPIRED;
                  case TOO_LARGE -> X400Code.CONTENT_TOO_LONG;
                  case LOOP -> X400Code.LOOP_DETECTED;
                  case CONTENT_SYNTAX -> X400Code.CONTENT_SYNTAX_ERROR;
                  case CRITICAL_EXTENSION -> X400Code.UNSUPPORTED_CRITICAL_FUNCTION;
                  case CONTENT_NOT_SUPPORTED ->
                      X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, CONTENT_TYPE_NOT_SUPPORTED);
                  case CONVERSION_FAILED -> X400Code.of(X400Code.REASON_CONVERSION_NOT_PERFORMED);
                  case PROTECTION_FAILED ->
                      X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, SECURE_MESSAGING_ERROR);
                  case POLICY, OPERATOR -> X400Code.of(X400Code.REASON_RESTRICTED_DELIVERY);
                  case PEER_UNAVAILABLE ->
                      X400Code.of(X400Code.REASON_TRANSFER_FAILURE, UNABLE_TO_COMPLETE_TRANSFER);
                  case REFUSED_BY_PEER -> X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER);
                  case INTERNAL -> X400Code.of(X400Code.REASON_TRANSFER_FAILURE);
                });
  }
}
