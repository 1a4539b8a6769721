package org.heliograph.model;

/** How routing tells contents apart: what a channel can carry and what a shaper turns into what. */
public enum ContentFamily {
  /** An RFC 5322 message. */
  MAIL,
  /** X.400 content in the clear: P2, P22, P772 and others. */
  X400,
  /** CMS as X.400 content (RFC 3854, RFC 3855). */
  CMS
}
