package org.heliograph.wire;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to speak TLS on a connection. Keys and anchors are in the context, which {@code trust} makes.
 *
 * @param context keys, anchors, provider
 * @param clientCertificate as a server: whether the peer must show a certificate
 * @param serverName as a client: the name that the peer's certificate must carry (RFC 6125); empty
 *     where the caller judges the certificate itself
 * @param protocols versions that are allowed
 */
public record Tls(
    SSLContext context,
    boolean clientCertificate,
    Optional<String> serverName,
    List<String> protocols) {
  private static final List<String> MODERN = List.of("TLSv1.3", "TLSv1.2");

  public Tls {
    protocols = List.copyOf(protocols);
  }

  public static Tls server(SSLContext context) {
    return new Tls(context, false, Optional.empty(), MODERN);
  }

  public static Tls client(SSLContext context, Optional<String> serverName) {
    return new Tls(context, false, serverName, MODERN);
  }
}
