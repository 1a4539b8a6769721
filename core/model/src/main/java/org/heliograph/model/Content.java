package org.heliograph.model;

import java.io.InputStream;

/** Stored content, open for reading. Any number of streams may be open at once. */
public interface Content {
  /** In octets. */
  long length();

  /**
   * A stream over the content from {@code offset} on; the caller closes it. Reading blocks on the
   * store only, never on a peer, and throws {@link java.io.IOException} if the store cannot answer.
   *
   * @param offset 0 to {@link #length()}
   * @throws StoreUnavailable if the content cannot be read now
   */
  InputStream open(long offset) throws StoreUnavailable;

  /** A stream over all of the content. */
  default InputStream open() throws StoreUnavailable {
    return open(0);
  }
}
