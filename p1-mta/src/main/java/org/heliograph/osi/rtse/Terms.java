package org.heliograph.osi.rtse;

/**
 * What two sides agree on for an association (X.228 clause 6.1).
 *
 * @param checkpoint size in units of 1024 octets, 0 for no checkpoints
 * @param window checkpoints that may be unconfirmed, at least 1
 * @param twoWayAlternate whether the turn may change sides; else the initiator keeps it
 * @param applicationProtocol in X.410-1984 mode what RTORQ names (X.419 clause 12); 0 in normal
 *     mode
 */
public record Terms(int checkpoint, int window, boolean twoWayAlternate, int applicationProtocol) {
  Terms grant(int mostCheckpoint, int mostWindow) {
    return new Terms(
        Math.min(mostCheckpoint, checkpoint),
        Math.min(mostWindow, window),
        twoWayAlternate,
        applicationProtocol);
  }
}
