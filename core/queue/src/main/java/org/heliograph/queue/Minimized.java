package org.heliograph.queue;

import java.time.Instant;
import java.util.Optional;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;

/**
 * The order to minimize (ACP 121): until a time, nothing below a precedence is sent.
 *
 * @param peer to whom; absent: to all
 * @param level the lowest precedence that is still sent
 * @param until when it ends by itself
 */
public record Minimized(Optional<PeerName> peer, Precedence level, Instant until) {
  boolean holds(PeerName name, Precedence precedence, Instant now) {
    return level.above(precedence)
        && until.isAfter(now)
        // shapers send nothing
        && !name.equals(PeerName.NONE)
        && peer.map(name::equals).orElse(true);
  }
}
