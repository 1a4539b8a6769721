package org.heliograph.osi;

import java.io.IOException;

/** The peer was there, and ended the connection before the association was open. */
public final class PeerGone extends IOException {
  private static final long serialVersionUID = 1L;

  public PeerGone(String text) {
    super(text);
  }
}
