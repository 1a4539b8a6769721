package org.heliograph.protection;

import java.io.IOException;

/** Octets that are no CMS; the message is our own and holds nothing of them. */
final class MalformedException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }
}
