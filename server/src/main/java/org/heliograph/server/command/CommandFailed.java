package org.heliograph.server.command;

/** A verb could not do what it was asked; the message is for the user, exit code 1. */
final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  CommandFailed(String message) {
    super(message);
  }

  CommandFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
