/**
 * Looks at another MTA from outside: opens an association by hand, step by step, and says what was
 * negotiated in each layer, how long each step took, or who refused it and why.
 *
 * <p>The octets are made here and read by {@code dissect}; the stack of this switch has no part in
 * it, so that a refusal can be told apart from a fault of our own. Normal mode and both X.410-1984
 * modes (X.226, X.227, X.228, X.411 clause 12.1.1). One association, no data transfer.
 */
@NullMarked
package org.heliograph.server.peer;

import org.jspecify.annotations.NullMarked;
