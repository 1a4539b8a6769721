package org.heliograph.p1;

import java.time.Duration;
import java.util.function.Consumer;
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
 * @param lifetime an association of ours that is older is released after its transfer
 */
public record PeerLimits(
    int associations,
    int inboundAssociations,
    long contentOctets,
    Duration idle,
    Checkpointing checkpointing,
    Times times,
    TransferTimes transfer,
    int sessionVersion,
    Duration lifetime) {
  /** 4 associations, 16 inbound, content of any size, one minute idle, a day in all. */
  public static final PeerLimits DEFAULT =
      new PeerLimits(
          4,
          16,
          Long.MAX_VALUE,
          Duration.ofMinutes(1),
          Checkpointing.DEFAULT,
          Times.DEFAULT,
          TransferTimes.DEFAULT,
          2,
          Duration.ofDays(1));

  public PeerLimits {
    if (associations < 0
        || inboundAssociations < 0
        || contentOctets < 1
        || !idle.isPositive()
        || !lifetime.isPositive()) {
      throw new IllegalArgumentException(
          "limits of a peer must be positive (associations may be 0)");
    }
  }

  public PeerLimits withAssociations(int other) {
    return changed(p -> p.associations = other);
  }

  public PeerLimits withInboundAssociations(int other) {
    return changed(p -> p.inboundAssociations = other);
  }

  public PeerLimits withContentOctets(long other) {
    return changed(p -> p.contentOctets = other);
  }

  public PeerLimits withIdle(Duration other) {
    return changed(p -> p.idle = other);
  }

  public PeerLimits withCheckpointing(Checkpointing other) {
    return changed(p -> p.checkpointing = other);
  }

  public PeerLimits withTimes(Times other) {
    return changed(p -> p.times = other);
  }

  public PeerLimits withTransfer(TransferTimes other) {
    return changed(p -> p.transfer = other);
  }

  public PeerLimits withSessionVersion(int other) {
    return changed(p -> p.sessionVersion = other);
  }

  public PeerLimits withLifetime(Duration other) {
    return changed(p -> p.lifetime = other);
  }

  /** A copy with other values in the fields that a change names. */
  private PeerLimits changed(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.whole();
  }

  private static final class Parts {
    private int associations;
    private int inboundAssociations;
    private long contentOctets;
    private Duration idle;
    private Checkpointing checkpointing;
    private Times times;
    private TransferTimes transfer;
    private int sessionVersion;
    private Duration lifetime;

    Parts(PeerLimits from) {
      associations = from.associations;
      inboundAssociations = from.inboundAssociations;
      contentOctets = from.contentOctets;
      idle = from.idle;
      checkpointing = from.checkpointing;
      times = from.times;
      transfer = from.transfer;
      sessionVersion = from.sessionVersion;
      lifetime = from.lifetime;
    }

    PeerLimits whole() {
      return new PeerLimits(
          associations,
          inboundAssociations,
          contentOctets,
          idle,
          checkpointing,
          times,
          transfer,
          sessionVersion,
          lifetime);
    }
  }
}
