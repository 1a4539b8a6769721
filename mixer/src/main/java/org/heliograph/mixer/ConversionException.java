package org.heliograph.mixer;

import org.heliograph.model.Failure;

/** A message, or a recipient of it, that cannot cross; says why in both worlds' codes. */
final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  ConversionException(Failure.Cause cause, String text) {
    super(text);
    failure = CodeTables.withSmtp(CodeTables.withX400(Failure.of(cause, text)));
  }

  Failure failure() {
    return failure;
  }
}
