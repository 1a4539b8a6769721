package org.heliograph.model;

/**
 * The recipient as the originator named it (RFC 3461 ORCPT, decoded; RFC 3464 2.3.1).
 *
 * @param addressType for example {@code rfc822} or {@code x400}, lower case
 * @param address the address in that type's form
 */
public record OriginalRecipient(String addressType, String address) {
  /** The form of RFC 3464: {@code type;address}. */
  @Override
  public String toString() {
    return addressType + ";" + address;
  }
}
