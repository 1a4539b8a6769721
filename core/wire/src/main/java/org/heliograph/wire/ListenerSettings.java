package org.heliograph.wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where to listen and how much to bear.
 *
 * @param name for logs and thread names
 * @param address local address and port; port 0 takes a free one
 * @param connections most connections at a time; further ones are closed at once, before TLS
 * @param connectionsPerPeer most connections at a time from one network address
 * @param tls TLS from the first octet; empty for clear text (which may be upgraded later)
 */
public record ListenerSettings(
    String name,
    InetSocketAddress address,
    int connections,
    int connectionsPerPeer,
    Optional<Tls> tls) {

  public ListenerSettings {
    if (connections < 1 || connectionsPerPeer < 1) {
      throw new IllegalArgumentException("a listener must allow at least one connection");
    }
  }
}
