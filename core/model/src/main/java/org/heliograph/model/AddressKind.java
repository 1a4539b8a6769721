package org.heliograph.model;

/** The two worlds of addresses. */
public enum AddressKind {
  /** An X.400 O/R address (X.402 clause 18). */
  OR_ADDRESS,
  /** An RFC 5321 mailbox. */
  MAILBOX
}
