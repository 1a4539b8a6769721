package org.heliograph.osi;

import java.util.Optional;
import org.heliograph.asn1.Octets;

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

  public BindRefused(By by, boolean permanent, String text, Optional<Octets> bindError) {
    super(text);
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

  /** The user data of RTORJ as one complete element: for P1, {@code [18] MTABindError}. */
  public Optional<Octets> bindError() {
    return bindError;
  }
}
