package org.heliograph.server.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.osi.Mode;
import org.heliograph.osi.Selectors;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.PeerTls;
import org.heliograph.p1.StrongBind;
import org.heliograph.server.config.Endpoint;

/**
 * An MTA that is called, and who we say we are.
 *
 * @param name for people
 * @param ours what we give; empty binds without a name
 * @param theirs what it must give back; empty takes anything
 * @param tls TLS under the transport class 0
 * @param strong bind tokens in the place of passwords
 */
public record Target(
    String name,
    Endpoint address,
    Mode mode,
    Optional<Credentials> ours,
    Optional<Credentials> theirs,
    Selectors calling,
    Selectors called,
    Optional<PeerTls> tls,
    StrongBind strong) {

  /** In clear text. */
  public Target(
      String name,
      Endpoint address,
      Mode mode,
      Optional<Credentials> ours,
      Optional<Credentials> theirs,
      Selectors calling,
      Selectors called) {
    this(name, address, mode, ours, theirs, calling, called, Optional.empty(), StrongBind.NONE);
  }

  /** All network addresses that the host has now. */
  List<InetSocketAddress> resolve() throws IOException {
    try {
      return Stream.of(InetAddress.getAllByName(address.host()))
          .map(a -> new InetSocketAddress(a, address.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new IOException("no address is known for " + address.host(), e);
    }
  }

  public Target withOurs(Optional<Credentials> other) {
    return new Target(name, address, mode, other, theirs, calling, called, tls, strong);
  }

  public Target withCalled(Selectors other) {
    return new Target(name, address, mode, ours, theirs, calling, other, tls, strong);
  }

  public Target withStrong(StrongBind other) {
    return new Target(name, address, mode, ours, theirs, calling, called, tls, other);
  }

  public Target withTls(Optional<PeerTls> other) {
    return new Target(name, address, mode, ours, theirs, calling, called, other, strong);
  }

  public Target at(Endpoint other) {
    return new Target(name, other, mode, ours, theirs, calling, called, tls, strong);
  }
}
