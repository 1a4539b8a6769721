/**
 * The words of the switch as values, and the contracts between its rooms.
 *
 * <p>Everything that a channel, a shaper and the queue must agree on stands here and nothing else:
 * envelope, recipient, trace, report, addresses, labels, outcomes and failures; and the interfaces
 * by which content is staged, messages are accepted, claimed and moved on. The envelope is a
 * superset of P1 (X.411) and of SMTP with DSN (RFC 5321, RFC 3461); each world keeps its own codes.
 *
 * <p>This package knows no wire format, no database and no socket, and depends on nothing.
 */
@NullMarked
package org.heliograph.model;

import org.jspecify.annotations.NullMarked;
