/**
 * X.410-1984 mode (X.226 clause 6.1, X.228 clause 8.5): what stands in the place of presentation
 * and ACSE when there is neither. RTORQ, RTOAC, RTORJ and RTAB travel as PConnect, PAccept, PRefuse
 * and abort information of X.410; release has no user data; the octets of an APDU are session user
 * data as they are, without RTTR's header.
 *
 * <p>What application protocol is asked for is RTSE's to judge.
 */
@NullMarked
package org.heliograph.osi.x410;

import org.jspecify.annotations.NullMarked;
