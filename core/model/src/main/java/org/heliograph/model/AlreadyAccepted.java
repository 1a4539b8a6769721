package org.heliograph.model;

/**
 * A message with one of the same unique keys was accepted before. The sender is told that all is
 * well.
 */
public class AlreadyAccepted extends Exception {
  private static final long serialVersionUID = 1;

  private final MessageId message;

  public AlreadyAccepted(MessageId message, UniqueKey key) {
    super("already accepted as " + message + " under " + key);
    this.message = message;
  }

  /** The message that was accepted before. */
  public MessageId message() {
    return message;
  }
}
