package org.heliograph.wire;

import java.nio.ByteBuffer;

/** What a connection's owner takes out of its inbox. */
public sealed interface Event {

  /**
   * Octets from the peer, at most 64 KiB, in order.
   *
   * @param octets the owner's from now on
   */
  record Received(ByteBuffer octets) implements Event {}

  /** The peer has ended its direction; nothing more comes, but it may still read. */
  record InputClosed() implements Event {}

  /** The connection is gone. Nothing comes after it. */
  record Closed() implements Event {}

  /**
   * The connection broke; {@link Closed} follows.
   *
   * @param cause what broke it
   */
  record Failed(Throwable cause) implements Event {}

  /**
   * A word from another thread of this program: an order, a wish.
   *
   * @param what what was given to {@link Connection#post}
   */
  record Posted(Object what) implements Event {}

  /** The deadline passed and nothing came. */
  record TimedOut() implements Event {}
}
