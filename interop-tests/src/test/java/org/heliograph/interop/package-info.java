/**
 * Whole switches against each other and against foreign programs: octets captured on the way,
 * dissected by tshark, opened by OpenSSL, searched for clear text; processes killed under load.
 * Every switch here is the real program in a process of its own.
 */
@NullMarked
package org.heliograph.interop;

import org.jspecify.annotations.NullMarked;
