package org.heliograph.osi;

import java.util.Optional;
import org.heliograph.asn1.Octets;

/**
 * A checkpoint in an APDU that is being received.
 *
 * @param serial its number; the sender names it when it resumes
 * @param octets of the APDU before it
 * @param wrapper what has to be given back to go on behind it, beside the octets of the APDU; empty
 *     if it is not possible to go on
 */
public record CheckpointMark(int serial, long octets, Optional<Octets> wrapper) {}
