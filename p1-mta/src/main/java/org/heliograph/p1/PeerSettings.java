package org.heliograph.p1;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.PeerName;
import org.heliograph.osi.Selectors;

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
 * @param admission from where and how it may call us
 * @param strong bind tokens in the place of passwords; names stay those of {@code ours} and {@code
 *     theirs}
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
    Optional<PeerTls> tls,
    ModeChoice mode,
    Admission admission,
    StrongBind strong) {

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
        ModeChoice.NORMAL,
        Admission.ANY,
        StrongBind.NONE);
  }

  public PeerSettings withDomain(GlobalDomain other) {
    return changed(p -> p.domain = Optional.of(other));
  }

  /** To be called at these addresses, in order. */
  public PeerSettings at(PeerAddress... where) {
    return changed(p -> p.addresses = List.of(where));
  }

  public PeerSettings withSelectors(Selectors local, Selectors remote) {
    return changed(
        p -> {
          p.calling = local;
          p.called = remote;
        });
  }

  /** With the NULL bind both ways. */
  public PeerSettings withNullBind() {
    return withCredentials(Optional.empty(), Optional.empty());
  }

  public PeerSettings withCredentials(
      Optional<Credentials> weGive, Optional<Credentials> theyGive) {
    return changed(
        p -> {
          p.ours = weGive;
          p.theirs = theyGive;
        });
  }

  public PeerSettings withLimits(PeerLimits other) {
    return changed(p -> p.limits = other);
  }

  public PeerSettings withUndecodable(Undecodable other) {
    return changed(p -> p.onUndecodable = other);
  }

  public PeerSettings withEnabled(boolean other) {
    return changed(p -> p.enabled = other);
  }

  public PeerSettings withTls(PeerTls other) {
    return changed(p -> p.tls = Optional.of(other));
  }

  public PeerSettings withMode(ModeChoice other) {
    return changed(p -> p.mode = other);
  }

  public PeerSettings withAdmission(Admission other) {
    return changed(p -> p.admission = other);
  }

  public PeerSettings withStrong(StrongBind other) {
    return changed(p -> p.strong = other);
  }

  /** The name it goes by in logs and traces: its MTA name where one is known. */
  String mtaName() {
    return theirs.map(Credentials::name).orElse(name.value());
  }

  /** A copy with other values in the fields that a change names. */
  private PeerSettings changed(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.whole();
  }

  private static final class Parts {
    private PeerName name;
    private Optional<GlobalDomain> domain;
    private List<PeerAddress> addresses;
    private Selectors calling;
    private Selectors called;
    private Optional<Credentials> ours;
    private Optional<Credentials> theirs;
    private PeerLimits limits;
    private Undecodable onUndecodable;
    private boolean enabled;
    private Optional<PeerTls> tls;
    private ModeChoice mode;
    private Admission admission;
    private StrongBind strong;

    Parts(PeerSettings from) {
      name = from.name;
      domain = from.domain;
      addresses = from.addresses;
      calling = from.calling;
      called = from.called;
      ours = from.ours;
      theirs = from.theirs;
      limits = from.limits;
      onUndecodable = from.onUndecodable;
      enabled = from.enabled;
      tls = from.tls;
      mode = from.mode;
      admission = from.admission;
      strong = from.strong;
    }

    PeerSettings whole() {
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
          mode,
          admission,
          strong);
    }
  }
}
