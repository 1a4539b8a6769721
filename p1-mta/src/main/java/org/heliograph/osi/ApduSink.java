package org.heliograph.osi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes one APDU as it arrives: the bare MTS-APDU, without the EXTERNAL that carries it. Calls:
 * {@code segment} and {@code secure} any number of times, then either {@code end} or {@code
 * aborted} or {@code interrupted}. After a call has thrown, {@code aborted} follows and nothing
 * else.
 *
 * <p>{@link ApduRefused} and {@link IOException} (taken as temporary) make the peer discard the
 * activity; the association goes on with the next. A {@link RuntimeException} aborts the
 * association.
 */
public interface ApduSink {
  /**
   * The next octets, of at least one.
   *
   * @param octets to be read within the call; the memory is reused
   */
  void segment(ByteBuffer octets) throws ApduRefused, IOException;

  /** Makes durable what has come. The checkpoint is confirmed when this returns. */
  default void secure() throws ApduRefused, IOException {}

  /** Like {@link #secure()}, for who wants to go on behind the mark one day. */
  default void secure(CheckpointMark mark) throws ApduRefused, IOException {
    secure();
  }

  /**
   * The APDU is complete; accepts responsibility for it. The activity end is confirmed when this
   * returns.
   */
  void end() throws ApduRefused, IOException;

  /** Nothing more comes; what has come is to be forgotten. Must not throw. */
  void aborted(String why);

  /**
   * Nothing more comes over this association, or not now; the peer may go on behind the last mark.
   * Must not throw.
   */
  default void interrupted(String why) {
    aborted(why);
  }
}
