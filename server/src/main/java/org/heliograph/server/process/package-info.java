/**
 * Processes of this program that the program itself starts: the switches and the mailbox server of
 * the demonstration and of the benchmark, each in its own Java machine.
 */
@NullMarked
package org.heliograph.server.process;

import org.jspecify.annotations.NullMarked;
