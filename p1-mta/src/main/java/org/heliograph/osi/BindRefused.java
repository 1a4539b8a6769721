package org.heliograph.osi;

import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.rtse.OpenRefusal;

/** The peer answered, and refused the association. */
public final class BindRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Which layer said no. */
  public enum By {
    TRANSPORT,
    SESSION,
    PRESENTATION,
    ACSE,
    /** The peer's RTSE or its user; only here is there a bind error. */
    USER
  }

  private final By by;
  private final boolean permanent;
  private final transient Optional<Octets> bindError;
  private final transient Optional<OpenRefusal> reason;

  public BindRefused(By by, boolean permanent, String text, Optional<Octets> bindError) {
    this(by, permanent, text, bindError, Optional.empty());
  }

  /**
   * @param reason what the peer's RTSE said in X.410-1984 mode
   */
  public BindRefused(
      By by,
      boolean permanent,
      String text,
      Optional<Octets> bindError,
      Optional<OpenRefusal> reason) {
    super(text);
    this.reason = reason;
    this.by = by;
    this.permanent = permanent;
    this.bindError = bindError;
  }

  public By by() {
    return by;
  }

  /** Whether the peer says that trying again is of no use; if it does not say, false. */
  public boolean permanent() {
    return permanent;
  }

  /** What the peer's RTSE said, in X.410-1984 mode. */
  public Optional<OpenRefusal> reason() {
    return reason;
  }

  /** The user data of RTORJ as one complete element: for P1, {@code [18] MTABindError}. */
  public Optional<Octets> bindError() {
    return bindError;
  }
}
