package org.heliograph.model;

/** Where a message comes from or goes to: an X.400 O/R address or an Internet mailbox. */
public sealed interface Address permits OrAddress, Mailbox {
  /** Which world the address belongs to. */
  AddressKind kind();

  /** The form used in logs and on the console; never parsed back. */
  String display();
}
