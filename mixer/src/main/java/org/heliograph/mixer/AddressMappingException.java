package org.heliograph.mixer;

/** An address that cannot be said in the other world; the message tells why. */
public final class AddressMappingException extends Exception {
  private static final long serialVersionUID = 1;

  public AddressMappingException(String message) {
    super(message);
  }
}
