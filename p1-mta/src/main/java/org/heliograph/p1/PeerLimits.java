package org.heliograph.p1;

import java.time.Duration;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Times;

/**
 * What is borne with one peer.
 *
 * @param associations most associations that we open to it at a time
 * @param inboundAssociations most associations that it may open to us at a time
 * @param contentOctets largest content either way; larger ones are reported content-too-long
 * @param idle an association of ours that carried nothing for so long is released
 * @param checkpointing what we propose when we open an association
 * @param times how long to wait when we open an association
 * @param transfer how long the transfer of a message may take
 * @param sessionVersion the highest version of session that is proposed to it, 1 or 2
 */
public record PeerLimits(
    int associations,
    int inboundAssociations,
    long contentOctets,
    Duration idle,
    Checkpointing checkpointing,
    Times times,
    TransferTimes transfer,
    int sessionVersion) {
  /** 4 associations, 16 inbound, content of any size, one minute. */
  public static final PeerLimits DEFAULT =
      new PeerLimits(
          4,
          16,
          Long.MAX_VALUE,
          Duration.ofMinutes(1),
          Checkpointing.DEFAULT,
          Times.DEFAULT,
          TransferTimes.DEFAULT,
          2);

  public PeerLimits {
    if (associations < 0 || inboundAssociations < 0 || contentOctets < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "limits of a peer must be positive (associations may be 0)");
    }
  }

  public PeerLimits withAssociations(int most) {
    return new PeerLimits(
        most,
        inboundAssociations,
        contentOctets,
        idle,
        checkpointing,
        times,
        transfer,
        sessionVersion);
  }

  public PeerLimits withInboundAssociations(int most) {
    return new PeerLimits(
        associations, most, contentOctets, idle, checkpointing, times, transfer, sessionVersion);
  }

  public PeerLimits withContentOctets(long most) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        most,
        idle,
        checkpointing,
        times,
        transfer,
        sessionVersion);
  }

  public PeerLimits withIdle(Duration time) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        contentOctets,
        time,
        checkpointing,
        times,
        transfer,
        sessionVersion);
  }

  public PeerLimits withCheckpointing(Checkpointing proposal) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        contentOctets,
        idle,
        proposal,
        times,
        transfer,
        sessionVersion);
  }

  public PeerLimits withTimes(Times other) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        contentOctets,
        idle,
        checkpointing,
        other,
        transfer,
        sessionVersion);
  }

  public PeerLimits withTransfer(TransferTimes other) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        contentOctets,
        idle,
        checkpointing,
        times,
        other,
        sessionVersion);
  }

  public PeerLimits withSessionVersion(int highest) {
    return new PeerLimits(
        associations,
        inboundAssociations,
        contentOctets,
        idle,
        checkpointing,
        times,
        transfer,
        highest);
  }
}
