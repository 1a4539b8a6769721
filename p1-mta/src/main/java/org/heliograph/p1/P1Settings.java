package org.heliograph.p1;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.heliograph.osi.AcceptorSettings;
import org.heliograph.wire.Tls;

/**
 * How associations and messages are taken.
 *
 * @param listen local addresses, IPv4 or IPv6; port 0 takes a free one
 * @param connections most connections at a time, in all
 * @param connectionsPerAddress most connections at a time from one network address
 * @param acceptor checkpoints, TPDU size and times
 * @param envelopeOctets most octets of one APDU beside its content
 * @param contentOctets largest content from any peer; larger ones are reported content-too-long
 * @param tls TLS under the transport class 0, if any
 * @param resume what is kept of interrupted transfers
 */
public record P1Settings(
    List<InetSocketAddress> listen,
    int connections,
    int connectionsPerAddress,
    AcceptorSettings acceptor,
    int envelopeOctets,
    long contentOctets,
    Optional<Tls> tls,
    ResumeLimits resume) {
  private static final int MEBIBYTE = 1 << 20;

  public P1Settings {
    listen = List.copyOf(listen);
    if (envelopeOctets < 1024 || contentOctets < 1) {
      throw new IllegalArgumentException(
          "an envelope needs at least 1024 octets, not "
              + envelopeOctets
              + "; content at least 1, not "
              + contentOctets);
    }
  }

  /**
   * On one address: 256 connections, 64 per address, envelopes up to 1 MiB, content of any size.
   */
  public static P1Settings at(InetSocketAddress address) {
    return new P1Settings(
        List.of(address),
        256,
        64,
        AcceptorSettings.DEFAULT,
        MEBIBYTE,
        Long.MAX_VALUE,
        Optional.empty(),
        ResumeLimits.DEFAULT);
  }

  public P1Settings withListen(List<InetSocketAddress> addresses) {
    return new P1Settings(
        addresses,
        connections,
        connectionsPerAddress,
        acceptor,
        envelopeOctets,
        contentOctets,
        tls,
        resume);
  }

  public P1Settings withConnections(int most, int perAddress) {
    return new P1Settings(
        listen, most, perAddress, acceptor, envelopeOctets, contentOctets, tls, resume);
  }

  public P1Settings withAcceptor(AcceptorSettings other) {
    return new P1Settings(
        listen,
        connections,
        connectionsPerAddress,
        other,
        envelopeOctets,
        contentOctets,
        tls,
        resume);
  }

  public P1Settings withEnvelopeOctets(int most) {
    return new P1Settings(
        listen, connections, connectionsPerAddress, acceptor, most, contentOctets, tls, resume);
  }

  public P1Settings withContentOctets(long most) {
    return new P1Settings(
        listen, connections, connectionsPerAddress, acceptor, envelopeOctets, most, tls, resume);
  }

  public P1Settings withTls(Tls other) {
    return new P1Settings(
        listen,
        connections,
        connectionsPerAddress,
        acceptor,
        envelopeOctets,
        contentOctets,
        Optional.of(other),
        resume);
  }

  public P1Settings withResume(ResumeLimits other) {
    return new P1Settings(
        listen,
        connections,
        connectionsPerAddress,
        acceptor,
        envelopeOctets,
        contentOctets,
        tls,
        other);
  }
}
