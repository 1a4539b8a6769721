package org.heliograph.p1;

import java.util.Map;
import org.heliograph.model.PeerName;

/** The agreements with all peers; those without one have {@link Agreement#NONE}. */
public record Agreements(Map<PeerName, Agreement> byPeer) {
  /** With nobody. */
  public static final Agreements NONE = new Agreements(Map.of());

  public Agreements {
    byPeer = Map.copyOf(byPeer);
  }

  Agreement with(PeerName peer) {
    return byPeer.getOrDefault(peer, Agreement.NONE);
  }
}
