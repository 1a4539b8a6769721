package org.heliograph.queue.store;

import java.io.IOException;

/**
 * Where tests make the disk fail. In a running switch this is {@link #NONE}.
 *
 * <p>Each method throws, or returns and the store goes on.
 */
public interface Faults {
  /** A disk that works. */
  Faults NONE = new Faults() {};

  /** Before the database's log is forced by a commit. */
  default void force() throws IOException {}

  /** After the log was forced: a commit that is durable and says that it is not. */
  default void forced() throws IOException {}

  /** Before octets are written to a content file. */
  default void write() throws IOException {}

  /** Before a content file is forced. */
  default void forceFile() throws IOException {}

  /** Before anything is read. */
  default void read() throws IOException {}
}
