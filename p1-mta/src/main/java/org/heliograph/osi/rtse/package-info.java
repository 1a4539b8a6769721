/**
 * Reliable transfer, X.228 in both modes: RTORQ, RTOAC, RTORJ, RTTR, RTAB; one activity for each
 * APDU, checkpoints with a window, discard, interrupt and user exception. Monologue, and the
 * initiator sends.
 *
 * <p>The APDU of the user travels within an EXTERNAL that names its presentation context; that is
 * written and taken off here. Nothing of an APDU is kept.
 *
 * <p>Recovery of an association and resumption of an activity are negotiated here; from where it
 * can go on the user remembers.
 */
@NullMarked
package org.heliograph.osi.rtse;

import org.jspecify.annotations.NullMarked;
