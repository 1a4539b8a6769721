package org.heliograph.osi;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.heliograph.wire.ConnectSettings;

/**
 * An association that we open.
 *
 * @param connect address, local address, time-out of the TCP connection, TLS
 * @param mode how, and which P1
 * @param calling our selectors
 * @param called the peer's selectors
 * @param checkpointing what we propose
 * @param tpduSize largest TPDU proposed, a power of two from 128 to 2048; 0 proposes none, which
 *     means 65531 octets (RFC 1006 clause 5)
 * @param reference our reference for this connection in the session layer, for the peer's log; at
 *     most 40 characters of ASCII
 * @param times how long to wait
 * @param sessionVersion the highest that is proposed: 2, or 1 for peers that know no other; then a
 *     bind of more than about 400 octets is refused here
 */
public record AssociationSettings(
    ConnectSettings connect,
    Mode mode,
    Selectors calling,
    Selectors called,
    Checkpointing checkpointing,
    int tpduSize,
    String reference,
    Times times,
    int sessionVersion) {

  public AssociationSettings {
    if (tpduSize != 0 && (Integer.bitCount(tpduSize) != 1 || tpduSize < 128 || tpduSize > 2048)) {
      throw new IllegalArgumentException(
          "a TPDU size is a power of two from 128 to 2048, or 0 for 65531: " + tpduSize);
    }
    if (sessionVersion != 1 && sessionVersion != 2) {
      throw new IllegalArgumentException("session version 1 or 2, not " + sessionVersion);
    }
    if (reference.length() > 40 || !reference.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
      throw new IllegalArgumentException("a reference has at most 40 characters of ASCII");
    }
  }

  /** To an address, in normal mode, with everything else at its default. */
  public static AssociationSettings to(InetSocketAddress address) {
    return new AssociationSettings(
        ConnectSettings.to(address, Duration.ofSeconds(30)),
        Mode.NORMAL,
        Selectors.NONE,
        Selectors.NONE,
        Checkpointing.DEFAULT,
        0,
        "heliograph",
        Times.DEFAULT,
        2);
  }

  public AssociationSettings withConnect(ConnectSettings other) {
    return new AssociationSettings(
        other, mode, calling, called, checkpointing, tpduSize, reference, times, sessionVersion);
  }

  public AssociationSettings withMode(Mode other) {
    return new AssociationSettings(
        connect, other, calling, called, checkpointing, tpduSize, reference, times, sessionVersion);
  }

  public AssociationSettings withSelectors(Selectors ours, Selectors theirs) {
    return new AssociationSettings(
        connect, mode, ours, theirs, checkpointing, tpduSize, reference, times, sessionVersion);
  }

  public AssociationSettings withCheckpointing(Checkpointing other) {
    return new AssociationSettings(
        connect, mode, calling, called, other, tpduSize, reference, times, sessionVersion);
  }

  public AssociationSettings withTpduSize(int other) {
    return new AssociationSettings(
        connect, mode, calling, called, checkpointing, other, reference, times, sessionVersion);
  }

  public AssociationSettings withReference(String other) {
    return new AssociationSettings(
        connect, mode, calling, called, checkpointing, tpduSize, other, times, sessionVersion);
  }

  public AssociationSettings withTimes(Times other) {
    return new AssociationSettings(
        connect, mode, calling, called, checkpointing, tpduSize, reference, other, sessionVersion);
  }

  public AssociationSettings withSessionVersion(int highest) {
    return new AssociationSettings(
        connect, mode, calling, called, checkpointing, tpduSize, reference, times, highest);
  }
}
