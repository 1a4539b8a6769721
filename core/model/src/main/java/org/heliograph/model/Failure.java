package org.heliograph.model;

import java.util.Optional;

/**
 * Why a recipient was not served. Each world keeps its own codes; only {@code mixer} translates
 * between them.
 *
 * @param cause what went wrong, in the switch's own words
 * @param x400 as X.411 says it
 * @param smtp as SMTP says it
 * @param text for people; no secrets, no local paths
 * @param remote what the other side said, cut to 1000 characters
 */
public record Failure(
    Cause cause,
    Optional<X400Code> x400,
    Optional<SmtpCode> smtp,
    String text,
    Optional<String> remote) {
  /** Causes in the switch's own words. */
  public enum Cause {
    UNKNOWN_RECIPIENT,
    NO_ROUTE,
    EXPIRED,
    TOO_LARGE,
    LOOP,
    REFUSED_BY_PEER,
    PEER_UNAVAILABLE,
    CONTENT_NOT_SUPPORTED,
    CONTENT_SYNTAX,
    CRITICAL_EXTENSION,
    CONVERSION_FAILED,
    PROTECTION_FAILED,
    POLICY,
    OPERATOR,
    INTERNAL
  }

  public Failure {
    remote = remote.map(said -> said.length() > 1000 ? said.substring(0, 1000) : said);
  }

  /** A failure that no other system has put into codes yet. */
  public static Failure of(Cause cause, String text) {
    return new Failure(cause, Optional.empty(), Optional.empty(), text, Optional.empty());
  }

  public Failure withX400(X400Code code) {
    return new Failure(cause, Optional.of(code), smtp, text, remote);
  }

  public Failure withSmtp(SmtpCode code) {
    return new Failure(cause, x400, Optional.of(code), text, remote);
  }

  public Failure withRemote(String said) {
    return new Failure(cause, x400, smtp, text, Optional.of(said));
  }
}
