package org.heliograph.osi.rtse;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.session.Reference;

/**
 * The reliable transfer service (X.218), with the pieces and checkpoints of an APDU made visible.
 */
public sealed interface RtPrimitive {
  /**
   * RT-OPEN request and indication.
   *
   * @param checkpoint size in units of 1024 octets; what will hold, in an indication
   * @param window likewise
   * @param twoWayAlternate whether that dialogue mode is asked for; only in an indication
   * @param user one complete element
   */
  record Open(
      Address calling,
      Address called,
      Reference reference,
      int checkpoint,
      int window,
      boolean twoWayAlternate,
      Octets user)
      implements RtPrimitive {}

  /** RT-OPEN positive response and confirm. */
  record Accept(Octets user) implements RtPrimitive {}

  /** RT-OPEN negative response and confirm by the user. */
  record Refuse(boolean permanent, Optional<Octets> user) implements RtPrimitive {}

  /** RT-OPEN negative confirm by a provider; only an indication. */
  record ProviderRefuse(String by, boolean permanent, String text) implements RtPrimitive {}

  /**
   * An APDU begins.
   *
   * @param activity its name
   * @param length in octets, of the bare APDU; in an indication -1, as nobody can know
   */
  record Begin(Octets activity, long length) implements RtPrimitive {}

  /**
   * A piece of the APDU.
   *
   * @param octets belongs to the receiver for the time of the call
   */
  record Piece(ByteBuffer octets) implements RtPrimitive {}

  /** Indication: the sender wants to know that what has come is safe. Response: it is. */
  record Checkpoint(int serial) implements RtPrimitive {}

  /** Confirm: the peer has so many octets of the APDU safe. */
  record Secured(long octets) implements RtPrimitive {}

  /** Indication: the APDU is complete. In a request the end follows from the length. */
  record End() implements RtPrimitive {}

  /** Response: responsibility is accepted. Confirm: the peer has accepted it. */
  record EndConfirm() implements RtPrimitive {}

  /** Request: the user does not take the APDU. Indication: the peer does not. */
  record NotTaken(boolean temporary, String text) implements RtPrimitive {}

  /** Request: give up what is being sent. */
  record Discard(boolean temporary) implements RtPrimitive {}

  /** Confirm: what was being sent is discarded on both sides. */
  record Discarded() implements RtPrimitive {}

  /** Indication: what was being received will not be completed. */
  record Aborted(String why) implements RtPrimitive {}

  /** RT-CLOSE request and indication. */
  record Close() implements RtPrimitive {}

  /** RT-CLOSE response and confirm. */
  record CloseConfirm() implements RtPrimitive {}

  /** RT-U-ABORT or RT-P-ABORT request: the association is given up. */
  record Abort(boolean temporary) implements RtPrimitive {}

  /** The association is gone. */
  record Gone(String why) implements RtPrimitive {}
}
