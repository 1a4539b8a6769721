package org.heliograph.p1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.PeerName;
import org.heliograph.osi.OpenIndication;

/** All peers. Immutable: a reload makes a new one. */
public final class PeerTable {
  private final Map<PeerName, PeerSettings> peers = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two peers have one name, or one MTA name in their
   *     credentials
   */
  public PeerTable(Collection<PeerSettings> peers) {
    Map<String, PeerName> byMta = new LinkedHashMap<>();
    for (PeerSettings p : peers) {
      if (this.peers.put(p.name(), p) != null) {
        throw new IllegalArgumentException("two peers are named " + p.name());
      }
      if (p.theirs().isPresent()) {
        PeerName other = byMta.put(p.theirs().get().name(), p.name());
        if (other != null) {
          throw new IllegalArgumentException(
              other + " and " + p.name() + " both bind as '" + p.theirs().get().name() + "'");
        }
      }
    }
  }

  public static PeerTable of(PeerSettings... peers) {
    return new PeerTable(List.of(peers));
  }

  public Collection<PeerSettings> peers() {
    return java.util.Collections.unmodifiableCollection(peers.values());
  }

  public Optional<PeerSettings> peer(PeerName name) {
    return Optional.ofNullable(peers.get(name));
  }

  /** The peer that must give this MTA name in its bind. */
  Optional<PeerSettings> bindingAs(String mtaName) {
    return peers.values().stream()
        .filter(p -> p.theirs().isPresent() && p.theirs().get().name().equals(mtaName))
        .findFirst();
  }

  /**
   * The peer that may bind without a name when it comes like this: one that its certificate, its
   * network or its selectors tell, before one that is called at this address.
   */
  Optional<PeerSettings> unauthenticated(OpenIndication from) {
    List<PeerSettings> may =
        peers.values().stream()
            .filter(p -> p.theirs().isEmpty() && p.admission().objection(from).isEmpty())
            .toList();
    return may.stream()
        .filter(p -> p.admission().identifies())
        .findFirst()
        .or(() -> may.stream().filter(p -> calledAt(p, from.peer().getAddress())).findFirst());
  }

  private static boolean calledAt(PeerSettings peer, InetAddress from) {
    return peer.addresses().stream().anyMatch(a -> is(a, from));
  }

  private static boolean is(PeerAddress address, InetAddress from) {
    try {
      return address.resolve().stream().anyMatch(a -> a.getAddress().equals(from));
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
