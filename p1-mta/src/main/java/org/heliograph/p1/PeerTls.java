package org.heliograph.p1;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.heliograph.wire.Tls;

/**
 * TLS under the transport class 0 when we call a peer.
 *
 * @param context our key, if we show one, and whom we believe
 * @param verifyName whether its certificate must carry the host of the address that is called, a
 *     DNS name or an IP address (RFC 6125)
 * @param protocols JSSE names of the versions that are allowed
 */
public record PeerTls(SSLContext context, boolean verifyName, List<String> protocols) {
  public PeerTls {
    protocols = List.copyOf(protocols);
  }

  /** As it is spoken with one address. */
  public Tls at(InetSocketAddress address) {
    return new Tls(
        context,
        false,
        verifyName ? Optional.of(address.getHostString()) : Optional.empty(),
        protocols);
  }
}
