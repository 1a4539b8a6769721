package org.heliograph.osi;

import org.heliograph.asn1.Octets;

/**
 * From where the transfer of an APDU can go on after its association broke, or after it was
 * interrupted (X.228 clauses 7.6 and 7.7). Everything that the sender has to remember.
 *
 * @param connection name of the session connection, a SessionConnectionIdentifier
 * @param activity name of the activity
 * @param serial of the last checkpoint that the peer confirmed, at least 1
 * @param octets of the APDU before it
 * @param mode in which the association is
 * @param checkpointing agreed for it; it must not change
 */
public record TransferPoint(
    Octets connection,
    Octets activity,
    int serial,
    long octets,
    Mode mode,
    Checkpointing checkpointing) {}
