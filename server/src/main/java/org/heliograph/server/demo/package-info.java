/**
 * The demonstration: two switches and a mailbox server, each its own process, and the messages that
 * cross every world between them.
 *
 * <p>It speaks to the switches as a user and an operator would: SMTP in, mailboxes out, the local
 * interface for what happens in between. What arrived is held against what was sent, part by part;
 * the verdict is the result of these checks and of nothing else.
 */
@NullMarked
package org.heliograph.server.demo;

import org.jspecify.annotations.NullMarked;
