/**
 * Sockets, and the only room that knows MINA. A {@link org.heliograph.wire.Wire} listens and
 * connects; each {@link org.heliograph.wire.Connection} has a bounded inbox and belongs to one
 * virtual thread, which takes events from it and writes with back-pressure. TLS can be there from
 * the first octet or begin later (STARTTLS).
 *
 * <p>What it does not do: frame octets, know a protocol, decide what a peer may do beyond how many
 * connections it may have.
 */
@NullMarked
package org.heliograph.wire;

import org.jspecify.annotations.NullMarked;
