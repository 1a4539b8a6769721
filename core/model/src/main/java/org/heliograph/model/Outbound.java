package org.heliograph.model;

/** A channel that hands messages to other systems. */
public non-sealed interface Outbound extends Channel {
  /** What it can carry. */
  Capabilities capabilities();

  /**
   * A link to a peer, from the channel's pool or new. Called on a virtual thread; may wait.
   *
   * @throws PeerUnavailable if there is none now
   */
  Link connect(PeerName peer) throws PeerUnavailable;
}
