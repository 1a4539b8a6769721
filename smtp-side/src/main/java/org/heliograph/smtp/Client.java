package org.heliograph.smtp;

import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.heliograph.mail.MailDate;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;
import org.heliograph.model.Source;
import org.heliograph.wire.Connection;
import org.heliograph.wire.TlsFacts;

/**
 * Who is on the other side of a connection of the server.
 *
 * @param remote address and port
 * @param peer the peer as configured
 * @param relays whether it may send to every recipient that has a route
 * @param greeting what it called itself
 * @param extended whether it said EHLO
 * @param tls what protects the connection
 */
record Client(
    InetAddress address,
    String remote,
    Optional<PeerName> peer,
    boolean relays,
    Optional<String> greeting,
    boolean extended,
    Optional<TlsFacts> tls) {

  static Client of(Connection connection, SmtpServerSettings settings, SmtpPolicy policy) {
    InetAddress address = connection.remote().getAddress();
    return new Client(
        address,
        connection.peer(),
        policy.peerAt().apply(address),
        settings.relaysFor(address),
        Optional.empty(),
        false,
        connection.tls());
  }

  Client greeted(String name, boolean hello) {
    return new Client(address, remote, peer, relays, Optional.of(name), hello, tls);
  }

  /** RFC 3207 4.2: after TLS nothing is known that was said before it. */
  Client secured(TlsFacts facts) {
    return new Client(address, remote, peer, relays, Optional.empty(), false, Optional.of(facts));
  }

  Source source(ChannelName channel) {
    return new Source(
        channel,
        peer,
        remote,
        greeting,
        tls.filter(facts -> !facts.peerCertificates().isEmpty())
            .map(facts -> facts.peerCertificates().getFirst())
            .map(certificate -> certificate.getSubjectX500Principal().getName()),
        tls.map(facts -> facts.protocol() + " " + facts.cipherSuite()));
  }

  /** The Received: field (RFC 5321 4.4; protocol names of RFC 3848). */
  byte[] received(String host, String id, Optional<String> only, Instant at) {
    StringBuilder field = new StringBuilder(256).append("Received: from ");
    String literal = literal();
    field.append(greeting.orElse(literal)).append(" (").append(literal).append(")\r\n\tby ");
    field.append(host).append(" (Heliograph) with ");
    field.append(extended ? "ESMTP" : "SMTP").append(extended && tls.isPresent() ? "S" : "");
    field.append(" id ").append(id);
    tls.ifPresent(
        facts ->
            field
                .append("\r\n\t(")
                .append(facts.protocol())
                .append(' ')
                .append(facts.cipherSuite())
                .append(')'));
    only.ifPresent(mailbox -> field.append("\r\n\tfor <").append(mailbox).append('>'));
    field
        .append(";\r\n\t")
        .append(MailDate.format(OffsetDateTime.ofInstant(at, ZoneId.systemDefault())))
        .append("\r\n");
    return field.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The address as RFC 5321 4.1.3 writes it. */
  private String literal() {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return plain.indexOf(':') >= 0 ? "[IPv6:" + plain + "]" : "[" + plain + "]";
  }
}
