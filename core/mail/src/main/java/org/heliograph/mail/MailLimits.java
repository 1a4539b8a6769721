package org.heliograph.mail;

/**
 * What the reader puts up with.
 *
 * @param headerOctets of one header; more is an error
 * @param parts entities of one message; a multipart that has more stays one opaque part
 * @param depth of nesting; what is deeper stays one opaque part
 */
public record MailLimits(int headerOctets, int parts, int depth) {
  /** 256 KiB of header, 1000 parts, 20 levels. */
  public static final MailLimits DEFAULT = new MailLimits(256 * 1024, 1000, 20);
}
