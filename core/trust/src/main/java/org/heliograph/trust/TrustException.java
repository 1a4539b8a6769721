package org.heliograph.trust;

/** A key store, certificate or path that cannot be used; the message says which and why. */
public final class TrustException extends Exception {
  private static final long serialVersionUID = 1;

  public TrustException(String message) {
    super(message);
  }

  public TrustException(String message, Throwable cause) {
    super(message, cause);
  }
}
