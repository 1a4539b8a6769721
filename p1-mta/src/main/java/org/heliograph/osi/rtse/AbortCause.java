package org.heliograph.osi.rtse;

/** What of an abort's reason (X.228 clause 9, AbortReason) makes a difference to the user. */
public enum AbortCause {
  /** The peer does not know the activity that was to be resumed: it starts anew. */
  UNRECOGNIZED_ACTIVITY,
  /** The peer has taken the APDU: it is not sent again. */
  TRANSFER_COMPLETED,
  /** Any other, or none given. */
  OTHER
}
