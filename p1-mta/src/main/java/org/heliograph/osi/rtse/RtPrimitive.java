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
   * RT-OPEN request and indication, also for recovering an association that broke (X.228 clause
   * 7.6), which the user sees here.
   *
   * @param reference names the session connection
   * @param terms proposed; in an indication what will hold
   * @param recovers the connection whose association goes on; then there is no user data
   * @param user one complete element
   */
  record Open(
      Address calling,
      Address called,
      Reference reference,
      Terms terms,
      Optional<ConnectionName> recovers,
      Octets user)
      implements RtPrimitive {}

  /** RT-OPEN positive response and confirm; the octets are empty when recovering. */
  record Accept(Octets user) implements RtPrimitive {}

  /**
   * RT-OPEN negative response and confirm by the user.
   *
   * @param user only in normal mode
   * @param reason only in X.410-1984 mode
   */
  record Refuse(boolean permanent, Optional<Octets> user, Optional<OpenRefusal> reason)
      implements RtPrimitive {}

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
   * An APDU that was interrupted goes on behind a checkpoint (X.228 clause 7.7).
   *
   * @param activity its name
   * @param oldActivity the name under which it began
   * @param oldConnection where it began, if that was another connection
   * @param serial of the last checkpoint that was confirmed
   * @param length as for {@link Begin}
   */
  record Resume(
      Octets activity,
      Octets oldActivity,
      Optional<ConnectionName> oldConnection,
      int serial,
      long length)
      implements RtPrimitive {}

  /**
   * Response to {@link Resume}: it goes on. The user then gives what it has of the APDU as {@link
   * Replay}, and gets it back as pieces.
   *
   * @param wrapper what stood before the APDU, see {@link Rtse#wrapper}
   */
  record Resumed(Octets wrapper) implements RtPrimitive {}

  /** A piece of the APDU that came before the interruption. */
  record Replay(ByteBuffer octets) implements RtPrimitive {}

  /** Response to {@link Resume}: the APDU is here already, all of it. */
  record Completed() implements RtPrimitive {}

  /** Response to {@link Resume}: nothing is known of it. */
  record Unrecognized() implements RtPrimitive {}

  /**
   * A piece of the APDU.
   *
   * @param octets belongs to the receiver for the time of the call
   */
  record Piece(ByteBuffer octets) implements RtPrimitive {}

  /** Indication: the sender wants to know that what has come is safe. Response: it is. */
  record Checkpoint(int serial) implements RtPrimitive {}

  /**
   * Confirm: the peer has it safe.
   *
   * @param serial of the checkpoint
   * @param octets of the APDU before it
   */
  record Secured(int serial, long octets) implements RtPrimitive {}

  /** Indication: the APDU is complete. In a request the end follows from the length. */
  record End() implements RtPrimitive {}

  /** Response: responsibility is accepted. Confirm: the peer has accepted it. */
  record EndConfirm() implements RtPrimitive {}

  /** Request: the user does not take the APDU. Indication: the peer does not. */
  record NotTaken(boolean temporary, String text) implements RtPrimitive {}

  /** Indication to who resumes: the peer has the APDU already; it is to be discarded. */
  record AlreadyTaken() implements RtPrimitive {}

  /** Request: give up what is being sent. */
  record Discard(boolean temporary) implements RtPrimitive {}

  /** Confirm: what was being sent is discarded on both sides. */
  record Discarded() implements RtPrimitive {}

  /** Request: stop what is being sent, to resume it later. Indication: the peer does so. */
  record Interrupt() implements RtPrimitive {}

  /** Confirm of {@link Interrupt}. */
  record Interrupted() implements RtPrimitive {}

  /** Indication: what was being received will not be completed. */
  record Aborted(String why) implements RtPrimitive {}

  /** RT-TURN-PLEASE request and indication. Lower is more urgent (X.218 clause 8.2). */
  record TurnPlease(int priority) implements RtPrimitive {}

  /** RT-TURN-GIVE request and indication. */
  record TurnGive() implements RtPrimitive {}

  /** RT-CLOSE request and indication. */
  record Close() implements RtPrimitive {}

  /** RT-CLOSE response and confirm. */
  record CloseConfirm() implements RtPrimitive {}

  /** RT-U-ABORT or RT-P-ABORT request: the association is given up. */
  record Abort(boolean temporary) implements RtPrimitive {}

  /**
   * The association is gone.
   *
   * @param cause what the peer's RTSE said of it
   */
  record Gone(String why, AbortCause cause) implements RtPrimitive {}
}
