/**
 * Between the model's values and the ASN.1 of X.400: O/R names (X.402 clause 18, X.411 8.5.5), MTS
 * identifiers, encoded information types, content types, security labels of X.411 and ESS (RFC
 * 2634), and the transfer envelopes and reports of P1 (X.411 clause 12).
 *
 * <p>What the model has no place for is kept as octets and leaves as it came: see {@link
 * org.heliograph.x400.Kept}. Contents (P2, P22, P772) are not looked into here, and nothing here
 * opens a socket.
 */
@NullMarked
package org.heliograph.x400;

import org.jspecify.annotations.NullMarked;
