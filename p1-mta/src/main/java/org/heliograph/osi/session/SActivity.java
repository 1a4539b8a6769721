package org.heliograph.osi.session;

import org.heliograph.asn1.Octets;

/**
 * Activity management, synchronization and exceptions: what presentation passes through as it is.
 */
public sealed interface SActivity extends SPrimitive {
  /**
   * S-ACTIVITY-START.
   *
   * @param identifier at most 6 octets
   */
  record Start(Octets identifier) implements SActivity {}

  /**
   * S-ACTIVITY-RESUME.
   *
   * @param oldConnection where the activity began, if on another session connection; else {@link
   *     Reference#NONE}
   * @param serial of the last synchronization point that counts
   */
  record Resume(Octets identifier, Octets oldIdentifier, Reference oldConnection, int serial)
      implements SActivity {}

  /** S-ACTIVITY-END. The serial number is the session layer's in a request. */
  record End(int serial) implements SActivity {}

  /** S-ACTIVITY-END response and confirm. */
  record EndConfirm() implements SActivity {}

  /** S-ACTIVITY-INTERRUPT. */
  record Interrupt(int reason) implements SActivity {}

  /** S-ACTIVITY-INTERRUPT response and confirm. */
  record InterruptConfirm() implements SActivity {}

  /** S-ACTIVITY-DISCARD. */
  record Discard(int reason) implements SActivity {}

  /** S-ACTIVITY-DISCARD response and confirm. */
  record DiscardConfirm() implements SActivity {}

  /**
   * S-SYNC-MINOR.
   *
   * @param serial given by the session layer in a request
   * @param confirm whether an answer is asked for
   */
  record SyncMinor(int serial, boolean confirm) implements SActivity {}

  /** S-SYNC-MINOR response and confirm. */
  record SyncMinorConfirm(int serial) implements SActivity {}

  /** S-U-EXCEPTION-REPORT. */
  record UserException(int reason) implements SActivity {}

  /** S-P-EXCEPTION-REPORT. */
  record ProviderException() implements SActivity {}

  /**
   * S-TOKEN-PLEASE, for the data token.
   *
   * @param userData at most 512 octets
   */
  record TokenPlease(Octets userData) implements SActivity {}

  /** S-CONTROL-GIVE: all tokens change sides. */
  record ControlGive() implements SActivity {}

  /** Not in X.215, where it is invisible: the peer has the tokens now. */
  record ControlGiven() implements SActivity {}
}
