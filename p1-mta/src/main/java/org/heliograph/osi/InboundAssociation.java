package org.heliograph.osi;

import java.io.IOException;
import org.heliograph.asn1.Octets;

/**
 * An accepted association as its user sees it. All calls come on the association's thread, in
 * order.
 */
public interface InboundAssociation {
  /**
   * An APDU begins (activity start, X.228 clause 7.4).
   *
   * @param activityId the peer's name for it, in practice a BER INTEGER
   * @throws ApduRefused or {@link IOException} (taken as temporary): the activity will be discarded
   */
  ApduSink begin(Octets activityId) throws ApduRefused, IOException;

  /**
   * The association is open.
   *
   * @param cut closes its connection; for any thread
   */
  default void opened(Runnable cut) {}

  /**
   * An APDU goes on that was interrupted on this or another connection.
   *
   * @throws ApduRefused or {@link IOException} as for {@link #begin}
   */
  default Resumption resume(ResumeIndication indication) throws ApduRefused, IOException {
    return new Resumption.Unknown("nothing of an interrupted transfer is kept here");
  }

  /**
   * The association is over. Called once, after any open sink was told.
   *
   * @param orderly whether the peer released it
   * @param text how it ended, for a log
   */
  default void ended(boolean orderly, String text) {}
}
