/**
 * Keys and whom to believe: identities from PKCS#12, trust anchors, certification paths (RFC 5280
 * section 6, by the JDK's PKIX validator), TLS contexts, and which JCA provider does what.
 *
 * <p>What it does not do: revocation (CRL, OCSP) and PKCS#11 have no user yet. It knows no CMS and
 * no address: whose certificate is right for whom is the encryption channel's question.
 */
@NullMarked
package org.heliograph.trust;

import org.jspecify.annotations.NullMarked;
