/**
 * P1, the message transfer protocol between MTAs (X.411 clauses 12 to 14, X.419 clause 8), over the
 * stack in {@code org.heliograph.osi}.
 *
 * <p>Bind with name and password both ways; transfer in with content streamed into a stage, trace
 * added and loops found, bounds and critical extensions answered for each recipient; transfer out
 * with responsibility set for the recipients of the dispatch; pools of associations. Routing,
 * queues and the making of reports are the queue's; strong authentication and security contexts are
 * not here.
 */
@NullMarked
package org.heliograph.p1;

import org.jspecify.annotations.NullMarked;
