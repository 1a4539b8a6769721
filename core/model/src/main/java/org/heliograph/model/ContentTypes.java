package org.heliograph.model;

/** Content types that the switch itself speaks of. */
public final class ContentTypes {
  /** Unidentified (0). */
  public static final ContentType UNIDENTIFIED = new ContentType.BuiltIn(0);

  /** Interpersonal messaging of 1984 (P2). */
  public static final ContentType P2 = new ContentType.BuiltIn(2);

  /** Interpersonal messaging of 1988 and later (P22). */
  public static final ContentType P22 = new ContentType.BuiltIn(22);

  /** STANAG 4406 military messaging (P772). */
  public static final ContentType P772 = new ContentType.Extended(new Oid("1.3.26.0.4406.0.4.1"));

  /** A CMS ContentInfo (RFC 3855 2.2: id-ct-contentInfo). */
  public static final ContentType CONTENT_INFO =
      new ContentType.Extended(new Oid("1.2.840.113549.1.9.16.1.6"));

  /** A MIME entity, protected or plain (RFC 3855 2.2.1: id-data). */
  public static final ContentType ID_DATA =
      new ContentType.Extended(new Oid("1.2.840.113549.1.7.1"));

  /** An RFC 5322 message. */
  public static final ContentType MAIL = new ContentType.Mail();

  private ContentTypes() {}
}
