package org.heliograph.model;

/**
 * An MTS identifier (X.411 MTSIdentifier): the domain that made it, and its local part.
 *
 * @param local 1 to 32 IA5 characters
 */
public record MtsIdentifier(GlobalDomain domain, String local) {
  /**
   * The form of RFC 2156 section 5.3.6, {@code [/PRMD=../ADMD=../C=../;local]}; also the key for
   * look-ups.
   */
  @Override
  public String toString() {
    return "[" + domain + ";" + local + "]";
  }
}
