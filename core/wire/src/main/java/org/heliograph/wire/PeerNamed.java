package org.heliograph.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;

/**
 * MINA's filter, made to ask for the peer by name (SNI) and to check its certificate against that
 * name (RFC 6125).
 */
final class PeerNamed extends SslFilter {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  private final Optional<String> serverName;
  private volatile Optional<SSLEngine> made = Optional.empty();

  PeerNamed(SSLContext context, Optional<String> serverName) {
    super(context);
    this.serverName = serverName;
  }

  @Override
  protected SSLEngine createEngine(IoSession session, InetSocketAddress address) {
    SSLEngine engine = super.createEngine(session, address);
    if (serverName.isPresent() && engine.getUseClientMode()) {
      SSLParameters parameters = engine.getSSLParameters();
      // An address is no name to ask for (RFC 6066 3); the certificate is checked against it.
      if (!LITERAL.matcher(serverName.get()).matches()) {
        parameters.setServerNames(List.of(new SNIHostName(serverName.get())));
      }
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
    made = Optional.of(engine);
    return engine;
  }

  /** Whether the engine has given up: before TLS stands that means that the handshake failed. */
  boolean gaveUp() {
    return made.map(e -> e.isOutboundDone() || e.isInboundDone()).orElse(false);
  }
}
