/**
 * Distribution lists and redirections (X.411 14.3): shapers that work on addresses. A message for a
 * list or a redirected recipient is routed to one of them; what they make is routed anew. Members
 * stand in files; who may submit and who hears reports is a list's policy. What X.411 writes down
 * about it is {@link org.heliograph.model.Readdressing}'s.
 *
 * <p>Not here: lists whose members a directory knows, and redirections that users set themselves.
 */
@NullMarked
package org.heliograph.queue.lists;

import org.jspecify.annotations.NullMarked;
