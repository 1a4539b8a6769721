/**
 * The program. {@link org.heliograph.server.Heliograph} sets up the log and hands over to the
 * command line.
 *
 * <p>Packages, each using only those named before it: {@code json}, {@code config} (the file),
 * {@code local} (the local interface), {@code engine} (a switch wired from its configuration),
 * {@code mailboxes} (the built-in mailbox server), {@code demo}, {@code bench}, {@code command}
 * (the verbs).
 */
@NullMarked
package org.heliograph.server;

import org.jspecify.annotations.NullMarked;
