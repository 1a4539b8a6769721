/**
 * The verbs of the command line, each a class: {@code ./heliograph VERB --help} shows what it does,
 * with an example.
 *
 * <p>Exit codes are 0 done, 1 failed, 2 misused. Where a verb prints data, {@code --json} prints it
 * as one JSON object. Verbs that ask a running switch speak to its local interface.
 *
 * <p>Fields of a verb are set by picocli before it runs, which is why NullAway is told not to look
 * for their initialisation.
 */
@NullMarked
package org.heliograph.server.command;

import org.jspecify.annotations.NullMarked;
