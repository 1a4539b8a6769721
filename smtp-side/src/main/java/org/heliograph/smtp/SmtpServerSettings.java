package org.heliograph.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Mailbox;
import org.heliograph.wire.Network;

/**
 * Where the server listens, and for whom.
 *
 * @param channel name of the inbound channel
 * @param address local address and port; port 0 takes a free one
 * @param host the name of this switch in mail, for greeting and Received:
 * @param tls key and certificate for STARTTLS; empty: it is not offered
 * @param relayFrom networks whose hosts may send to every recipient that has a route; of them alone
 *     precedence is taken
 * @param limits what a client may cost
 * @param postmaster who gets mail to {@code <Postmaster>} without a domain (RFC 5321 4.5.1)
 */
public record SmtpServerSettings(
    ChannelName channel,
    InetSocketAddress address,
    String host,
    Optional<SSLContext> tls,
    List<Network> relayFrom,
    SmtpLimits limits,
    Mailbox postmaster) {
  public SmtpServerSettings {
    relayFrom = List.copyOf(relayFrom);
    if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,253})")) {
      throw new IllegalArgumentException("not a host name: '" + host + "'");
    }
  }

  /** Without TLS, relaying for this machine, with the default limits. */
  public static SmtpServerSettings at(InetSocketAddress address, String host) {
    return new SmtpServerSettings(
        new ChannelName("smtp"),
        address,
        host,
        Optional.empty(),
        List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128")),
        SmtpLimits.DEFAULT,
        new Mailbox("postmaster", host));
  }

  public SmtpServerSettings withTls(SSLContext context) {
    return new SmtpServerSettings(
        channel, address, host, Optional.of(context), relayFrom, limits, postmaster);
  }

  public SmtpServerSettings withRelayFrom(List<Network> networks) {
    return new SmtpServerSettings(channel, address, host, tls, networks, limits, postmaster);
  }

  public SmtpServerSettings withLimits(SmtpLimits other) {
    return new SmtpServerSettings(channel, address, host, tls, relayFrom, other, postmaster);
  }

  public SmtpServerSettings withPostmaster(Mailbox mailbox) {
    return new SmtpServerSettings(channel, address, host, tls, relayFrom, limits, mailbox);
  }

  /** Whether {@code client} may send to every recipient that has a route. */
  boolean relaysFor(InetAddress client) {
    return relayFrom.stream().anyMatch(network -> network.contains(client));
  }
}
