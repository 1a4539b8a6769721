/**
 * The conformance suite: what an MTA does that a peer file describes, case by case, against the
 * clauses of X.411, X.419, X.420, X.228, X.227, X.225, X.224 and RFC 1006.
 *
 * <p>A case knows the peer only by what passes on the wire: binds opened by hand ({@code peer}),
 * APDUs transferred by our stack through a relay, and what comes back to our own listener. No case
 * is specific to a product. A case that needs what the file does not give, or a service that is
 * optional and that the peer refuses as the standard says, is <i>not supported</i>; what breaks a
 * clause fails, with the PDUs that passed.
 */
@NullMarked
package org.heliograph.server.interop;

import org.jspecify.annotations.NullMarked;
