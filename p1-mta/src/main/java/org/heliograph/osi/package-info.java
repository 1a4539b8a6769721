/**
 * Associations for a user of reliable transfer over the OSI upper layers and RFC 1006: the surface
 * that P1 stands on. An {@link org.heliograph.osi.Association} is opened by us and transfers APDUs
 * to the peer; an {@link org.heliograph.osi.Acceptor} serves associations that peers open, and
 * hands what arrives to a {@link org.heliograph.osi.Responder}. Each association is owned by one
 * virtual thread, which alone runs its layers.
 *
 * <p>Layers, from the wire up: {@code transport} (RFC 1006 and X.224 class 0), {@code session}
 * (X.225), {@code presentation} (X.226), {@code acse} (X.227), {@code rtse} (X.228). They know no
 * socket, no lock and no clock.
 *
 * <p>In X.410-1984 mode {@code x410} stands in the place of presentation and ACSE.
 *
 * <p>What is not here: the meaning of what is carried (the bind argument, the MTS-APDU), and what
 * of an interrupted transfer is kept: that is the user's.
 */
@NullMarked
package org.heliograph.osi;

import org.jspecify.annotations.NullMarked;
