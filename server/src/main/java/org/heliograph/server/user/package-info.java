/**
 * A mail user's side of SMTP (RFC 5321, RFC 3461), for the verbs that hand messages to a switch:
 * {@code send}, {@code demo} and {@code bench}, and for the mailbox server's reports.
 *
 * <p>One message over one plain connection, no pool, no TLS, no retry: a switch sends through
 * {@code smtp-side}, never through this.
 */
@NullMarked
package org.heliograph.server.user;

import org.jspecify.annotations.NullMarked;
