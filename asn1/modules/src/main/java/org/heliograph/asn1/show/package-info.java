/**
 * Shows octets of the X.400 world as an indented tree: presentation, ACSE, RTSE, P1, the contents
 * P2, P22 and P772, and the outline of CMS. Names, object identifiers and open types come from the
 * ASN.1 modules.
 *
 * <p>Not here: opening encrypted or compressed layers, T.61 beyond its Latin-1 letters.
 */
@NullMarked
package org.heliograph.asn1.show;

import org.jspecify.annotations.NullMarked;
