package org.heliograph.model;

/**
 * The name of stored content. Content is immutable and may be shared by several messages; the store
 * counts who names it.
 *
 * @param key the store's own key; {@code 0} is the empty content
 * @param length in octets
 */
public record ContentRef(long key, long length) {
  private static final ContentRef EMPTY = new ContentRef(0, 0);

  /** Content of no octets; always there. */
  public static ContentRef empty() {
    return EMPTY;
  }
}
