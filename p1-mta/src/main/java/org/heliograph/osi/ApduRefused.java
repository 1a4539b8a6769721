package org.heliograph.osi;

/** The user does not take an APDU. */
public final class ApduRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  /**
   * @param temporary whether the peer may try the same APDU again
   * @param text for our own log; the protocol carries only whether it is temporary
   */
  public ApduRefused(boolean temporary, String text) {
    super(text);
    this.temporary = temporary;
  }

  public boolean temporary() {
    return temporary;
  }
}
