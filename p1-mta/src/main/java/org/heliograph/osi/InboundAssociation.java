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
   * The association is over. Called once, after any open sink was told.
   *
   * @param orderly whether the peer released it
   * @param text how it ended, for a log
   */
  default void ended(boolean orderly, String text) {}
}
