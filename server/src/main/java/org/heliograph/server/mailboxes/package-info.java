/**
 * A small mailbox server: takes mail by SMTP with DSN, keeps each message as a file in its
 * recipient's directory, and reports successful delivery where that was asked for (RFC 3461, RFC
 * 3464).
 *
 * <p>It is what the demonstration and tests deliver to. It is no message store for users: nobody
 * reads mail from it but through the file system.
 */
@NullMarked
package org.heliograph.server.mailboxes;

import org.jspecify.annotations.NullMarked;
