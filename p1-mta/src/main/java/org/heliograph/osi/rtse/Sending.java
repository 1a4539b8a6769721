package org.heliograph.osi.rtse;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.asn1.Tag;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.session.SActivity;

/**
 * One APDU on its way out (X.228 clause 7.3): RTTRs of the checkpoint size with a minor
 * synchronization point after each but the last, or one RTTR if there are no checkpoints.
 */
final class Sending {
  private final Sink<PPrimitive> below;
  private final Agreement agreed;
  private final long rttrSize;
  private final int window;
  private final int wrapping;
  private final boolean headers;

  /** Octets of EXTERNAL and APDU together that no RTTR has taken yet. */
  private long unassigned;

  /** Octets that the present RTTR still takes. */
  private long left;

  private int open;
  private long sent;
  private boolean stopped;

  /**
   * @param from the last checkpoint that was confirmed before an interruption; 0 to begin
   * @param length of the whole APDU
   */
  Sending(Sink<PPrimitive> below, Agreement agreed, int from, long length)
      throws ProtocolError, IOException, InterruptedException {
    this.below = below;
    this.agreed = agreed;
    this.window = agreed.terms().window();
    this.headers = !agreed.x410();
    byte[] wrapper = agreed.x410() ? new byte[0] : Wrapper.header(agreed.userContext(), length);
    this.wrapping = wrapper.length;
    long all = wrapper.length + length;
    int checkpoint = agreed.terms().checkpoint();
    this.rttrSize = checkpoint == 0 ? all : checkpoint * 1024L;
    this.sent = from * rttrSize;
    this.unassigned = all - sent;
    if (from > 0 && (checkpoint == 0 || unassigned <= 0)) {
      throw new IllegalStateException("no checkpoint " + from + " in " + all + " octets");
    }
    if (from == 0 && wrapper.length > 0) {
      piece(ByteBuffer.wrap(wrapper));
    }
  }

  /** Octets of the APDU that are not sent again when a transfer goes on behind a checkpoint. */
  static long behind(Agreement agreed, int from, long length) {
    int wrapper = agreed.x410() ? 0 : Wrapper.header(agreed.userContext(), length).length;
    return Math.max(0, from * 1024L * agreed.terms().checkpoint() - wrapper);
  }

  /**
   * How many octets of the APDU can go now: up to the end of the present RTTR, 0 if the window is
   * used up or nothing is left.
   */
  long room() {
    if (left > 0) {
      return left;
    }
    return open >= window ? 0 : Math.min(rttrSize, unassigned);
  }

  /** Octets of an RTTR that has begun and not ended: nothing else can be sent before them. */
  long owed() {
    return left;
  }

  /** Only what is owed is still sent; no checkpoint follows it. */
  void stop() {
    stopped = true;
  }

  boolean complete() {
    return !stopped && left == 0 && unassigned == 0;
  }

  /** Takes at most {@link #room} octets. */
  void piece(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    if (left == 0) {
      left = Math.min(rttrSize, unassigned);
      unassigned -= left;
      byte[] header = headers ? Rttr.header(Tag.OCTET_STRING, left) : new byte[0];
      below.accept(new PPrimitive.PDataStart(agreed.transferContext(), header.length + left));
      if (headers) {
        below.accept(
            new PPrimitive.PData(agreed.transferContext(), ByteBuffer.wrap(header), false));
      }
    }
    if (octets.remaining() > left) {
      throw new IllegalStateException("more octets than there is room for");
    }
    left -= octets.remaining();
    sent += octets.remaining();
    below.accept(new PPrimitive.PData(agreed.transferContext(), octets, left == 0));
    if (left == 0 && unassigned > 0 && !stopped) {
      open++;
      below.accept(new PPrimitive.PActivity(new SActivity.SyncMinor(0, true)));
    }
  }

  /**
   * A checkpoint was confirmed, and with it all before it.
   *
   * @return octets of the APDU that are safe
   */
  long confirmed(int serial) {
    long points = sent / rttrSize;
    open = (int) Math.max(0, points - serial);
    return Math.max(0, serial * rttrSize - wrapping);
  }
}
