package org.heliograph.model;

/**
 * A name by which a message is recognised: for refusing duplicates, for finding what a report is
 * about, for tracking.
 *
 * @param scheme whose name it is
 * @param value the name in its canonical text form, at most 512 characters are significant
 */
public record UniqueKey(Scheme scheme, String value) {
  /** Kinds of names. */
  public enum Scheme {
    MTS_IDENTIFIER,
    MESSAGE_ID,
    IPM_IDENTIFIER,
    ENVELOPE_ID,
    /**
     * A transfer as the peer identified it (activity identifier, transaction); settles a crash
     * before confirmation.
     */
    TRANSFER
  }

  @Override
  public String toString() {
    return scheme + " " + Show.safe(value, 128);
  }
}
