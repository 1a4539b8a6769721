package org.heliograph.p1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a peer listens (RFC 1006 over IPv4 or IPv6).
 *
 * @param host a name, looked up at each connection, or a network address
 * @param port 102 where nothing else was agreed
 */
public record PeerAddress(String host, int port) {
  public PeerAddress {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not an address: '" + host + "' port " + port);
    }
  }

  /** All network addresses that the host has now. */
  List<InetSocketAddress> resolve() throws UnknownHostException {
    return Stream.of(InetAddress.getAllByName(host))
        .map(a -> new InetSocketAddress(a, port))
        .toList();
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
