package org.heliograph.queue;

import org.heliograph.model.ContentType;
import org.heliograph.model.Failure;
import org.heliograph.model.Failure.Cause;
import org.heliograph.model.Precedence;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.X400Code;

/** The failures that the queue itself finds, in the codes of both worlds. */
final class Failures {
  /** X.411 8.3.1.2.1.9: content-type-not-supported (15). */
  private static final int CONTENT_TYPE_NOT_SUPPORTED = 15;

  /** X.411 8.3.1.2.1.9: no-bilateral-agreement (17). */
  private static final int NO_BILATERAL_AGREEMENT = 17;

  private Failures() {}

  /** X.411 unrecognised-OR-name; RFC 3463 X.1.1 bad destination mailbox address. */
  static Failure unknownRecipient() {
    return Failure.of(Cause.UNKNOWN_RECIPIENT, "the recipient is not known here")
        .withX400(X400Code.UNRECOGNISED_OR_NAME)
        .withSmtp(new SmtpCode(550, "5.1.1"));
  }

  /** RFC 3463 X.4.4 unable to route. */
  static Failure noRoute() {
    return Failure.of(Cause.NO_ROUTE, "no route leads to the recipient")
        .withX400(X400Code.UNRECOGNISED_OR_NAME)
        .withSmtp(new SmtpCode(550, "5.4.4"));
  }

  /** RFC 3463 X.6.1 media not supported. */
  static Failure noPath(String tried) {
    return Failure.of(
            Cause.CONTENT_NOT_SUPPORTED,
            "the content cannot be handed over in the form that is wanted there: " + tried)
        .withX400(X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, CONTENT_TYPE_NOT_SUPPORTED))
        .withSmtp(new SmtpCode(554, "5.6.1"));
  }

  /** RFC 3463 X.3.4 message too big for system. */
  static Failure tooLarge(long octets, long most) {
    return Failure.of(
            Cause.TOO_LARGE, "the content has " + octets + " octets; at most " + most + " pass")
        .withX400(X400Code.CONTENT_TOO_LONG)
        .withSmtp(new SmtpCode(552, "5.3.4"));
  }

  /** RFC 3463 X.4.7, still tried. */
  static Failure delayed(String last) {
    return Failure.of(
            Cause.PEER_UNAVAILABLE,
            "not handed over yet; it is still tried" + (last.isEmpty() ? "" : "; last: " + last))
        .withSmtp(new SmtpCode(451, "4.4.7"));
  }

  /** As {@link #tooLarge}, from the other side: the route is for larger ones. */
  static Failure tooSmall(long octets, long least) {
    return Failure.of(
            Cause.NO_ROUTE,
            "the content has " + octets + " octets; the route is for " + least + " and more")
        .withX400(X400Code.UNRECOGNISED_OR_NAME)
        .withSmtp(new SmtpCode(550, "5.4.4"));
  }

  /** RFC 3463 X.6.1 media not supported. */
  static Failure contentType(ContentType type) {
    return Failure.of(Cause.CONTENT_NOT_SUPPORTED, "content of type " + type + " does not pass")
        .withX400(X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, CONTENT_TYPE_NOT_SUPPORTED))
        .withSmtp(new SmtpCode(554, "5.6.1"));
  }

  /** X.411 no-bilateral-agreement; RFC 3463 X.7.1 delivery not authorized. */
  static Failure precedence(Precedence precedence) {
    return Failure.of(Cause.POLICY, "precedence " + precedence + " does not pass")
        .withX400(X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, NO_BILATERAL_AGREEMENT))
        .withSmtp(new SmtpCode(550, "5.7.1"));
  }

  /** X.411 transfer-failure-for-security-reason, security-policy-violation. */
  static Failure label(String why) {
    return Failure.of(Cause.POLICY, "the message may not go there: " + why)
        .withX400(X400Code.SECURITY_POLICY_VIOLATION)
        .withSmtp(new SmtpCode(550, "5.7.1"));
  }

  /** X.411 unsupported-critical-function; RFC 3463 X.5.0 other protocol status. */
  static Failure critical(String extension) {
    return Failure.of(
            Cause.CRITICAL_EXTENSION,
            "extension " + extension + " is critical for delivery and not supported here")
        .withX400(X400Code.UNSUPPORTED_CRITICAL_FUNCTION)
        .withSmtp(new SmtpCode(554, "5.5.0"));
  }

  /** X.411 loop-detected; RFC 3463 X.4.6 routing loop detected. */
  static Failure loop() {
    return Failure.of(
            Cause.LOOP, "the message came back, and there is no other route to its recipient")
        .withX400(X400Code.LOOP_DETECTED)
        .withSmtp(new SmtpCode(554, "5.4.6"));
  }

  /** X.411 maximum-time-expired; RFC 3463 X.4.7 delivery time expired. */
  static Failure expired(String last) {
    return Failure.of(
            Cause.EXPIRED,
            "could not be handed over in time" + (last.isEmpty() ? "" : "; last: " + last))
        .withX400(X400Code.MAXIMUM_TIME_EXPIRED)
        .withSmtp(new SmtpCode(554, "5.4.7"));
  }

  /** Something that should not be; the text says what, for the operator. */
  static Failure internal(String text) {
    return Failure.of(Cause.INTERNAL, text)
        .withX400(X400Code.of(X400Code.REASON_TRANSFER_FAILURE))
        .withSmtp(new SmtpCode(451, "4.3.0"));
  }
}
