/**
 * Session layer, X.225 version 2 (version 1 understood): kernel, half-duplex, minor synchronize,
 * activity management and exceptions, as RTSE needs them. Tokens stay with the initiator
 * (monologue).
 *
 * <p>User information of DT goes through in pieces; every other SPDU is collected, up to 64 KiB.
 * Basic concatenation only. Not here: CONNECT DATA OVERFLOW (user data of a CN beyond 10240 octets
 * is refused), major and resynchronization, typed data, expedited data, the turn changing sides.
 */
@NullMarked
package org.heliograph.osi.session;

import org.jspecify.annotations.NullMarked;
