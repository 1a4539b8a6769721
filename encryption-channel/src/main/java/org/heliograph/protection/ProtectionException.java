package org.heliograph.protection;

/**
 * Protection that cannot be put on or taken off; the message is for people and holds nothing of the
 * content.
 */
public final class ProtectionException extends Exception {
  private static final long serialVersionUID = 1;

  public ProtectionException(String message) {
    super(message);
  }

  public ProtectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
