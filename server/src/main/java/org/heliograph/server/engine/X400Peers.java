package org.heliograph.server.engine;

import java.util.Optional;
import org.heliograph.osi.Selectors;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTls;
import org.heliograph.p1.StrongBind;
import org.heliograph.server.config.P1Settings;
import org.heliograph.server.config.TlsSettings;

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

  /**
   * TLS with a peer of a peer file.
   *
   * @throws IllegalArgumentException if keys, anchors or names cannot be used
   */
  public static PeerTls tls(TlsSettings.Client tls) {
    return X400Tls.client("(peer file)", tls);
  }

  /**
   * Bind tokens with a peer of a peer file.
   *
   * @throws IllegalArgumentException if keys, anchors or names cannot be used
   */
  public static StrongBind strong(
      Optional<P1Settings.Login> ours, Optional<P1Settings.Login> theirs) {
    return X400Tls.strong("(peer file)", ours, theirs);
  }
}
