/**
 * Presentation layer, X.226 in normal mode: kernel functional unit, BER as the only transfer
 * syntax. User data of P-DATA goes through in pieces; the other PPDUs are whole values of the
 * generated codecs.
 *
 * <p>Not here: context management and restoration, simply encoded data, X.410-1984 mode (a CP that
 * asks for it is refused).
 */
@NullMarked
package org.heliograph.osi.presentation;

import org.jspecify.annotations.NullMarked;
