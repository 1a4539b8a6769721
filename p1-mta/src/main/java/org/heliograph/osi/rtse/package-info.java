/**
 * Reliable transfer, X.228 in normal mode: RTORQ, RTOAC, RTORJ, RTTR, RTAB; one activity for each
 * APDU, checkpoints with a window, discard, interrupt and user exception. Monologue, and the
 * initiator sends.
 *
 * <p>The APDU of the user travels within an EXTERNAL that names its presentation context; that is
 * written and taken off here. Nothing of an APDU is kept.
 *
 * <p>Not here: resuming an activity or an association (both refused, so that the peer starts anew),
 * RTTP and the turn, X.410-1984 mode.
 */
@NullMarked
package org.heliograph.osi.rtse;

import org.jspecify.annotations.NullMarked;
