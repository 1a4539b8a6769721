package org.heliograph.smtp;

import java.util.Optional;
import org.heliograph.model.Failure;
import org.heliograph.model.Failure.Cause;
import org.heliograph.model.Outcome;
import org.heliograph.model.Outcome.Scope;
import org.heliograph.model.SmtpCode;

/** From answers of a server that are no success, and from silence, to outcomes. */
final class Answers {
  private final String host;

  /**
   * @param host the peer, for texts
   */
  Answers(String host) {
    this.host = host;
  }

  /**
   * The outcome of a recipient whose transaction was refused.
   *
   * @param what was refused, for people: "the sender", "the recipient", "the message"
   * @param toRecipient whether the answer was to RCPT
   */
  Outcome refused(Reply reply, String what, boolean toRecipient) {
    SmtpCode code = reply.smtp();
    // RFC 5321 4.5.3.1.10: 552 to RCPT means too many recipients, to be taken as 452
    boolean tooMany = toRecipient && reply.code() == 552;
    boolean permanent = reply.permanent() && !tooMany;
    Failure failure =
        new Failure(
            cause(reply, code, toRecipient),
            Optional.empty(),
            Optional.of(tooMany ? new SmtpCode(452, "4.5.3") : code),
            host + (permanent ? " refused " : " did not take ") + what + (permanent ? "" : " now"),
            Optional.of(reply.toString()));
    if (permanent) {
      return Outcome.failed(failure);
    }
    boolean peer =
        reply.code() == 421
            || !toRecipient && (code.enhanced().equals("4.3.1") || code.enhanced().equals("4.3.2"));
    return Outcome.deferred(peer ? Scope.PEER : Scope.MESSAGE, failure);
  }

  private static Cause cause(Reply reply, SmtpCode code, boolean toRecipient) {
    String detail = code.enhanced().substring(2);
    if (detail.equals("3.4") || detail.equals("2.3") || reply.code() == 552 && !toRecipient) {
      return Cause.TOO_LARGE;
    }
    if (detail.equals("4.6")) {
      return Cause.LOOP;
    }
    return switch (detail.charAt(0)) {
      case '1' -> toRecipient ? Cause.UNKNOWN_RECIPIENT : Cause.REFUSED_BY_PEER;
      case '6' -> Cause.CONTENT_NOT_SUPPORTED;
      case '7' -> Cause.POLICY;
      default -> Cause.REFUSED_BY_PEER;
    };
  }

  /**
   * The outcome of recipients about whom nothing was heard.
   *
   * @param mayHaveArrived whether the end of the message had been sent
   */
  Outcome lost(String why, Scope scope, boolean mayHaveArrived) {
    Failure failure =
        Failure.of(Cause.PEER_UNAVAILABLE, host + ": " + why).withSmtp(new SmtpCode(451, "4.4.2"));
    return new Outcome.Deferred(scope, Optional.empty(), failure, mayHaveArrived);
  }

  /** A failure that we found ourselves, before anything was said. */
  static Outcome failed(Cause cause, String enhanced, String text) {
    return Outcome.failed(Failure.of(cause, text).withSmtp(new SmtpCode(554, enhanced)));
  }
}
