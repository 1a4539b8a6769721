package org.heliograph.osi;

import java.util.Optional;
import org.heliograph.asn1.Octets;

/**
 * The peer goes on with an APDU behind a checkpoint (S-ACTIVITY-RESUME indication, X.228 clause
 * 7.7).
 *
 * @param connection on which the activity was interrupted, a SessionConnectionIdentifier; empty if
 *     it was this one
 * @param activity under which name it began
 * @param serial of the checkpoint
 */
public record ResumeIndication(Optional<Octets> connection, Octets activity, int serial) {}
