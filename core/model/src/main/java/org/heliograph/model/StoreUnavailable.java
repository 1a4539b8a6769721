package org.heliograph.model;

/**
 * The store cannot take or give anything now: disk full, read-only, failing. Always temporary:
 * channels answer 4xx, P1 refuses with busy, and nothing is acknowledged.
 */
public class StoreUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String message) {
    super(message);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
