package org.heliograph.wire;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a TLS handshake came to.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipherSuite the JSSE name
 * @param peerCertificates the peer's chain, its own first; empty if it showed none
 */
public record TlsFacts(
    String protocol, String cipherSuite, List<X509Certificate> peerCertificates) {
  public TlsFacts {
    peerCertificates = List.copyOf(peerCertificates);
  }
}
