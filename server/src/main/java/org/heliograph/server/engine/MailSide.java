package org.heliograph.server.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.heliograph.asn1.DecodeException;
import org.heliograph.mail.SioLabel;
import org.heliograph.mixer.CodeTables;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Label;
import org.heliograph.model.PeerName;
import org.heliograph.model.Submission;
import org.heliograph.server.config.SmtpSettings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.smtp.SmtpLimits;
import org.heliograph.smtp.SmtpOutbound;
import org.heliograph.smtp.SmtpPeerSettings;
import org.heliograph.smtp.SmtpPolicy;
import org.heliograph.smtp.SmtpServer;
import org.heliograph.smtp.SmtpServerSettings;
import org.heliograph.trust.Certificates;
import org.heliograph.trust.Identity;
import org.heliograph.trust.TlsContexts;
import org.heliograph.trust.TrustException;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Labels;

/** Internet mail: the outbound channel and the listeners that a configuration asks for. */
final class MailSide {
  private MailSide() {}

  static SmtpOutbound outbound(
      Wire wire, SwitchSettings settings, SmtpSettings smtp, InstantSource clock)
      throws IOException {
    Map<PeerName, SmtpPeerSettings> peers = new TreeMap<>();
    for (Map.Entry<String, SmtpSettings.Peer> peer : smtp.peers().entrySet()) {
      try {
        peers.put(new PeerName(peer.getKey()), peer(settings, peer.getValue()));
      } catch (TrustException e) {
        throw new IOException("smtp.peers." + peer.getKey() + ": " + e.getMessage(), e);
      }
    }
    return new SmtpOutbound(
        wire, new ChannelName("smtp"), settings.hostName(), peers, CodeTables::withSmtp, clock);
  }

  private static SmtpPeerSettings peer(SwitchSettings settings, SmtpSettings.Peer peer)
      throws TrustException {
    SmtpPeerSettings at =
        SmtpPeerSettings.at(peer.address().host(), peer.address().port(), settings.hostName())
            .withTimeouts(peer.connect(), peer.answer(), peer.answer().multipliedBy(2))
            .withReuse(
                peer.recipients(), peer.messagesPerConnection(), peer.connections(), peer.park());
    return switch (peer.starttls()) {
      case NEVER -> at;
      case OFFERED -> at.withOpportunisticTls();
      case ALWAYS ->
          at.withTls(
              SmtpPeerSettings.TlsPolicy.REQUIRED,
              TlsContexts.of(Optional.empty(), Certificates.read(peer.anchors())),
              peer.verifyName());
    };
  }

  /** Starts a listener; close what is returned to stop it. */
  static SmtpServer listen(
      Wire wire,
      SwitchSettings settings,
      SmtpSettings.Listener listener,
      Submission submission,
      InstantSource clock)
      throws IOException {
    SmtpLimits limits =
        SmtpLimits.DEFAULT
            .withMessageOctets(listener.maxMessage().octets())
            .withRecipients(listener.maxRecipients())
            .withConnections(listener.maxConnections(), listener.maxConnections())
            .withIdle(listener.idle());
    SmtpServerSettings server =
        SmtpServerSettings.at(listener.address().socketAddress(), settings.hostName())
            .withRelayFrom(listener.relayFrom())
            .withLimits(limits);
    if (settings.postmaster().isPresent()) {
      server = server.withPostmaster(settings.postmaster().get());
    }
    if (listener.tls().isPresent()) {
      server = server.withTls(context(listener.tls().get()));
    }
    SmtpPolicy policy =
        SmtpPolicy.closed()
            .withAcceptFor(domain -> accepted(listener.acceptFor(), domain))
            .withLabel(MailSide::label);
    SmtpServer started = new SmtpServer(wire, server, policy, submission, clock);
    started.start();
    return started;
  }

  private static SSLContext context(SmtpSettings.Tls tls) throws IOException {
    try {
      List<Identity> keys = Identity.readPkcs12(tls.keys(), tls.password().reveal().toCharArray());
      return TlsContexts.of(Optional.of(keys.getFirst()), List.of());
    } catch (TrustException e) {
      throw new IOException("smtp.listen.tls: " + e.getMessage(), e);
    }
  }

  static boolean accepted(List<String> patterns, String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .map(p -> p.toLowerCase(Locale.ROOT))
        .anyMatch(
            p ->
                p.startsWith(".")
                    ? lower.endsWith(p) || lower.equals(p.substring(1))
                    : lower.equals(p));
  }

  /** The label of an SIO-Label field, if it is in a form that the switch knows. */
  private static Optional<Label> label(SioLabel.Encoded encoded) {
    try {
      return switch (encoded.type()) {
        case SioLabel.ESS -> Optional.of(Labels.decodeEss(encoded.octets()));
        case SioLabel.X411 -> Optional.of(Labels.decodeX411(encoded.octets()));
        default -> Optional.empty();
      };
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
