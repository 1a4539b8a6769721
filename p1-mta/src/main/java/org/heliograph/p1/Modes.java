package org.heliograph.p1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.model.PeerName;
import org.heliograph.osi.BindRefused;
import org.heliograph.osi.Mode;
import org.heliograph.osi.rtse.OpenRefusal;

/** Which mode each peer has taken, where that is to be found out. */
final class Modes {
  private final Map<PeerName, Mode> taken = new ConcurrentHashMap<>();

  /** The modes to try, what the peer took last first. */
  List<Mode> order(PeerSettings peer) {
    List<Mode> order = new ArrayList<>(peer.mode().modes());
    Mode last = taken.get(peer.name());
    if (last != null && order.remove(last)) {
      order.addFirst(last);
    }
    return order;
  }

  void took(PeerSettings peer, Mode mode) {
    taken.put(peer.name(), mode);
  }

  /**
   * Whether a refusal may be about the mode. A selector that is not known, and an error of the
   * peer's MTA, are not: they would come in any mode.
   */
  static boolean mayBeTheMode(BindRefused refused, Mode mode) {
    return switch (refused.by()) {
      case TRANSPORT -> false;
      case SESSION, PRESENTATION, ACSE -> true;
      // X.410 has one reason, validation failure, for a wrong password and a wrong protocol.
      case USER ->
          mode.x410()
              ? refused.reason().equals(Optional.of(OpenRefusal.VALIDATION_FAILURE))
              : refused.bindError().isEmpty();
    };
  }
}
