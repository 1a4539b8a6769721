/**
 * The local interface: HTTP with JSON over a Unix-domain socket that only the owner of the switch
 * can open.
 *
 * <p>{@link org.heliograph.server.local.LocalInterface} serves what it is given as {@link
 * org.heliograph.server.local.Endpoints}; {@link org.heliograph.server.local.LocalClient} is the
 * command line's side. HTTP as in RFC 9110 and RFC 9112, as much as the two need of it. This
 * package knows nothing of queues.
 */
@NullMarked
package org.heliograph.server.local;

import org.jspecify.annotations.NullMarked;
