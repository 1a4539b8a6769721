package org.heliograph.mail;

/** Octets that are not the mail they should be; says where and which rule was broken. */
public final class MailSyntaxException extends Exception {
  private static final long serialVersionUID = 1;
  private final long offset;

  /**
   * @param offset octet offset in what was read, from 0
   * @param rule what was expected, with the clause
   */
  public MailSyntaxException(long offset, String rule) {
    super("at octet " + offset + ": " + rule);
    this.offset = offset;
  }

  /** Octet offset in what was read, from 0. */
  public long offset() {
    return offset;
  }
}
