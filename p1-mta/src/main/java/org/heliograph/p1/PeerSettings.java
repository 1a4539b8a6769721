package org.heliograph.p1;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.PeerName;
import org.heliograph.osi.Selectors;
import org.heliograph.wire.Tls;

/**
 * An MTA that messages are exchanged with.
 *
 * @param name its name in routes
 * @param domain its global domain identifier, if it matters; only for logs and the console
 * @param addresses where to call it, tried in order; empty if it only calls us
 * @param calling our selectors when we call it
 * @param called its selectors; many switches tell their variants apart by the transport selector
 * @param ours what we give it in argument or result; empty for the NULL bind
 * @param theirs what it must give us; empty takes a NULL bind, or any name, from its addresses only
 * @param limits what is borne
 * @param onUndecodable what becomes of an APDU that cannot be decoded
 * @param enabled false: neither called nor let in
 * @param tls TLS under the transport class 0 when we call it
 * @param mode in which mode we call it
 */
public record PeerSettings(
    PeerName name,
    Optional<GlobalDomain> domain,
    List<PeerAddress> addresses,
    Selectors calling,
    Selectors called,
    Optional<Credentials> ours,
    Optional<Credentials> theirs,
    PeerLimits limits,
    Undecodable onUndecodable,
    boolean enabled,
    Optional<Tls> tls,
    ModeChoice mode) {

  /** What becomes of an APDU that was transferred completely and cannot be decoded. */
  public enum Undecodable {
    /** Its octets are kept, held and alarmed, and the transfer is confirmed: the link goes on. */
    QUARANTINE,
    /** The transfer is refused for good; what follows is the peer's business. */
    REFUSE
  }

  public PeerSettings {
    addresses = List.copyOf(addresses);
  }

  /** In normal mode. */
  public PeerSettings(
      PeerName name,
      Optional<GlobalDomain> domain,
      List<PeerAddress> addresses,
      Selectors calling,
      Selectors called,
      Optional<Credentials> ours,
      Optional<Credentials> theirs,
      PeerLimits limits,
      Undecodable onUndecodable,
      boolean enabled,
      Optional<Tls> tls) {
    this(
        name,
        domain,
        addresses,
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        tls,
        ModeChoice.NORMAL);
  }

  /** A peer by its credentials and ours, that is not called; everything else at its default. */
  public static PeerSettings of(String name, Credentials ours, Credentials theirs) {
    return new PeerSettings(
        new PeerName(name),
        Optional.empty(),
        List.of(),
        Selectors.NONE,
        Selectors.NONE,
        Optional.of(ours),
        Optional.of(theirs),
        PeerLimits.DEFAULT,
        Undecodable.QUARANTINE,
        true,
        Optional.empty(),
        ModeChoice.NORMAL);
  }

  public PeerSettings withDomain(GlobalDomain other) {
    return new PeerSettings(
        name,
        Optional.of(other),
        addresses,
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        tls,
        mode);
  }

  /** To be called at these addresses, in order. */
  public PeerSettings at(PeerAddress... where) {
    return new PeerSettings(
        name,
        domain,
        List.of(where),
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        tls,
        mode);
  }

  public PeerSettings withSelectors(Selectors local, Selectors remote) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        local,
        remote,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        tls,
        mode);
  }

  /** With the NULL bind both ways. */
  public PeerSettings withNullBind() {
    return withCredentials(Optional.empty(), Optional.empty());
  }

  public PeerSettings withCredentials(
      Optional<Credentials> weGive, Optional<Credentials> theyGive) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        calling,
        called,
        weGive,
        theyGive,
        limits,
        onUndecodable,
        enabled,
        tls,
        mode);
  }

  public PeerSettings withLimits(PeerLimits other) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        calling,
        called,
        ours,
        theirs,
        other,
        onUndecodable,
        enabled,
        tls,
        mode);
  }

  public PeerSettings withUndecodable(Undecodable other) {
    return new PeerSettings(
        name, domain, addresses, calling, called, ours, theirs, limits, other, enabled, tls, mode);
  }

  public PeerSettings withEnabled(boolean other) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        other,
        tls,
        mode);
  }

  public PeerSettings withTls(Tls other) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        Optional.of(other),
        mode);
  }

  public PeerSettings withMode(ModeChoice other) {
    return new PeerSettings(
        name,
        domain,
        addresses,
        calling,
        called,
        ours,
        theirs,
        limits,
        onUndecodable,
        enabled,
        tls,
        other);
  }

  /** The name it goes by in logs and traces: its MTA name where one is known. */
  String mtaName() {
    return theirs.map(Credentials::name).orElse(name.value());
  }
}
