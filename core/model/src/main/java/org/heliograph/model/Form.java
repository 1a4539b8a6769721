package org.heliograph.model;

/**
 * The form of a message for one recipient: kind of address and family of content. Routing searches
 * over forms.
 */
public record Form(AddressKind address, ContentFamily content) {
  /** Internet mail. */
  public static final Form MAIL = new Form(AddressKind.MAILBOX, ContentFamily.MAIL);

  /** X.400 content in the clear. */
  public static final Form X400 = new Form(AddressKind.OR_ADDRESS, ContentFamily.X400);

  /** Protected X.400 content. */
  public static final Form CMS = new Form(AddressKind.OR_ADDRESS, ContentFamily.CMS);
}
