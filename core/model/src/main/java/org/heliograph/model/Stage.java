package org.heliograph.model;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Content being written. Closing a stage that was not sealed discards what was written. Not for
 * more than one thread at a time.
 */
public interface Stage extends AutoCloseable {
  /**
   * Appends what remains in {@code octets}.
   *
   * @throws StoreUnavailable if there is no room or the store fails; the stage is then good only
   *     for closing
   */
  void write(ByteBuffer octets) throws StoreUnavailable;

  /**
   * Makes durable what has been written so far; for confirming checkpoints.
   *
   * @return the number of octets that now survive a crash
   */
  long secure() throws StoreUnavailable;

  /**
   * Ends the content. Small content becomes durable with the transaction that names it, large
   * content before this method returns. A sealed stage that no transaction names is swept.
   */
  ContentRef seal() throws StoreUnavailable;

  /**
   * Like {@link #secure}; besides, what is written survives a restart as long as a {@link
   * ResumePoint} names it, and can be gone on with by {@link ContentStore#reopen}.
   *
   * @throws StoreUnavailable also where the store cannot do that
   */
  default ContentRef hold() throws StoreUnavailable {
    throw new StoreUnavailable("a stage cannot be held here");
  }

  /** Ends the writing of a held stage for now; of another it is {@link #close}. Never throws. */
  default void leave() {
    close();
  }

  /** Octets written so far. */
  long length();

  /** Discards the content unless it is sealed. Never throws. */
  @Override
  void close();

  /**
   * This stage as a stream; closing the stream leaves the stage open. StoreUnavailable comes
   * wrapped in an IOException.
   */
  default OutputStream stream() {
    return new StageStream(this);
  }
}
