package org.heliograph.queue;

/** An operator's command that cannot be carried out; the message says why. */
public class NotPossible extends Exception {
  private static final long serialVersionUID = 1;

  public NotPossible(String message) {
    super(message);
  }
}
