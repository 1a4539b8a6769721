/**
 * The heart of the switch: takes responsibility for messages, plans their way, moves them on in
 * order of precedence, and reports what became of them.
 *
 * <p>{@link org.heliograph.queue.Engine} is the whole of it for the program. Behind it: the door
 * ({@link org.heliograph.model.Submission}), the routing search over what channels and shapers
 * declare, a window of due work for each peer and precedence, outcomes turned into states, reports
 * about messages as they were received (X.411 8.3.1.2, RFC 3461 section 5), the operator's
 * commands, and the channel that writes messages into a directory.
 *
 * <p>It knows no protocol, no socket and no syntax of content. Rows and files belong to {@link
 * org.heliograph.queue.store}.
 */
@NullMarked
package org.heliograph.queue;

import org.jspecify.annotations.NullMarked;
