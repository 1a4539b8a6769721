package org.heliograph.p1;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.heliograph.osi.AcceptorSettings;
import org.heliograph.wire.Tls;

/**
 * How associations and messages are taken.
 *
 * @param doors where they are taken
 * @param connections most connections at a time, in all
 * @param connectionsPerAddress most connections at a time from one network address
 * @param acceptor checkpoints, TPDU size and times
 * @param envelopeOctets most octets of one APDU beside its content
 * @param contentOctets largest content from any peer; larger ones are reported content-too-long
 * @param resume what is kept of interrupted transfers
 */
public record P1Settings(
    List<Door> doors,
    int connections,
    int connectionsPerAddress,
    AcceptorSettings acceptor,
    int envelopeOctets,
    long contentOctets,
    ResumeLimits resume) {
  private static final int MEBIBYTE = 1 << 20;

  /**
   * A local address.
   *
   * @param address IPv4 or IPv6; port 0 takes a free one
   * @param tls TLS under the transport class 0, if any
   */
  public record Door(InetSocketAddress address, Optional<Tls> tls) {}

  public P1Settings {
    doors = List.copyOf(doors);
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
        List.of(new Door(address, Optional.empty())),
        256,
        64,
        AcceptorSettings.DEFAULT,
        MEBIBYTE,
        Long.MAX_VALUE,
        ResumeLimits.DEFAULT);
  }

  public P1Settings withDoors(Door... other) {
    return withDoors(List.of(other));
  }

  public P1Settings withDoors(List<Door> other) {
    return new P1Settings(
        other, connections, connectionsPerAddress, acceptor, envelopeOctets, contentOctets, resume);
  }

  public P1Settings withConnections(int most, int perAddress) {
    return new P1Settings(doors, most, perAddress, acceptor, envelopeOctets, contentOctets, resume);
  }

  public P1Settings withAcceptor(AcceptorSettings other) {
    return new P1Settings(
        doors, connections, connectionsPerAddress, other, envelopeOctets, contentOctets, resume);
  }

  public P1Settings withEnvelopeOctets(int most) {
    return new P1Settings(
        doors, connections, connectionsPerAddress, acceptor, most, contentOctets, resume);
  }

  public P1Settings withContentOctets(long most) {
    return new P1Settings(
        doors, connections, connectionsPerAddress, acceptor, envelopeOctets, most, resume);
  }

  public P1Settings withResume(ResumeLimits other) {
    return new P1Settings(
        doors, connections, connectionsPerAddress, acceptor, envelopeOctets, contentOctets, other);
  }
}
