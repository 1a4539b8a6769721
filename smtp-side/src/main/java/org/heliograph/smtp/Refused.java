package org.heliograph.smtp;

/** A command that is answered with a refusal. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String enhanced;

  Refused(int code, String enhanced, String text) {
    super(text, null, false, false);
    this.code = code;
    this.enhanced = enhanced;
  }

  int code() {
    return code;
  }

  String enhanced() {
    return enhanced;
  }

  /** What is said to the client. */
  String text() {
    return String.valueOf(getMessage());
  }
}
