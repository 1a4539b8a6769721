package org.heliograph.model;

/** What the content of a message is: an X.411 content type, or an RFC 5322 message. */
public sealed interface ContentType {
  /** X.411 8.2.1.1.1.34: a built-in content type number. */
  record BuiltIn(int number) implements ContentType {
    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  /** X.411: a content type named by object identifier. */
  record Extended(Oid oid) implements ContentType {
    @Override
    public String toString() {
      return oid.dotted();
    }
  }

  /** An RFC 5322 message with or without MIME. */
  record Mail() implements ContentType {
    @Override
    public String toString() {
      return "mail";
    }
  }

  /** The family that routing works with. */
  default ContentFamily family() {
    if (this instanceof Mail) {
      return ContentFamily.MAIL;
    }
    return equals(ContentTypes.CONTENT_INFO) || equals(ContentTypes.ID_DATA)
        ? ContentFamily.CMS
        : ContentFamily.X400;
  }

  /**
   * Reads what {@code toString} of each kind wrote: a number, a dotted object identifier or {@code
   * mail}.
   */
  static ContentType parse(String text) {
    if (text.equals("mail")) {
      return ContentTypes.MAIL;
    }
    return text.indexOf('.') > 0
        ? new Extended(new Oid(text))
        : new BuiltIn(Integer.parseInt(text));
  }
}
