package org.heliograph.osi;

import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.rtse.OpenRefusal;

/**
 * Decides who may open an association. Called on the thread of that association; may block on
 * stores.
 */
@FunctionalInterface
public interface Responder {
  /**
   * Answers one request. What it throws refuses the association as temporary, without an error for
   * the user.
   */
  Answer open(OpenIndication indication);

  /** Yes or no. */
  sealed interface Answer {
    /**
     * Yes.
     *
     * @param bindResult one complete element: for P1, {@code [17] MTABindResult}, in X.410-1984
     *     mode MTABindResult alone; not looked at when recovering
     * @param association takes what this peer sends
     */
    record Accept(Octets bindResult, InboundAssociation association) implements Answer {}

    /**
     * No.
     *
     * @param bindError one complete element: for P1, {@code [18] MTABindError}
     * @param permanent whether the peer need not try again
     * @param reason what is said in X.410-1984 mode, which has no bind error
     */
    record Refuse(Optional<Octets> bindError, boolean permanent, OpenRefusal reason)
        implements Answer {
      /** Busy, or for good a validation failure. */
      public Refuse(Optional<Octets> bindError, boolean permanent) {
        this(bindError, permanent, permanent ? OpenRefusal.VALIDATION_FAILURE : OpenRefusal.BUSY);
      }
    }
  }
}
