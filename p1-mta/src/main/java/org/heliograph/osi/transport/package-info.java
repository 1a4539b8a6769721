/**
 * Transport class 0 over TCP: TPKT framing (RFC 1006 clause 6, RFC 2126) and the TPDUs and states
 * of X.224 (RFC 905 clauses 8 and 13) that class 0 uses. User data is passed on in the pieces in
 * which it comes.
 *
 * <p>Not here: classes 1 to 4 (a request for class 2 alone is refused, RFC 2126 clause 6.3),
 * expedited data.
 */
@NullMarked
package org.heliograph.osi.transport;

import org.jspecify.annotations.NullMarked;
