package org.heliograph.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * An outbound connection.
 *
 * @param address where to; must be resolved
 * @param from local address to come from, if it matters
 * @param timeout how long connecting, and a TLS handshake after it, may each take
 * @param tls TLS from the first octet
 */
public record ConnectSettings(
    InetSocketAddress address,
    Optional<InetSocketAddress> from,
    Duration timeout,
    Optional<Tls> tls) {

  public static ConnectSettings to(InetSocketAddress address, Duration timeout) {
    return new ConnectSettings(address, Optional.empty(), timeout, Optional.empty());
  }
}
