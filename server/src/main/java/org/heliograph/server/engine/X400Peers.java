package org.heliograph.server.engine;

import org.heliograph.osi.Selectors;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.PeerSettings;
import org.heliograph.server.config.P1Settings;

/** P1 peers as the channel knows them, from a configuration; for tools that call them too. */
public final class X400Peers {
  private X400Peers() {}

  /**
   * A peer.
   *
   * @throws IllegalArgumentException if a name, password or selector is too long
   */
  public static PeerSettings peer(String name, P1Settings.Peer peer) {
    return X400Side.peer(name, peer);
  }

  /** A name with its password. */
  public static Credentials credentials(P1Settings.Login login) {
    return X400Side.credentials(login);
  }

  public static Selectors selectors(P1Settings.Selectors selectors) {
    return X400Side.selectors(selectors);
  }
}
