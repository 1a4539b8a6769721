/** P1 against octets of real sessions, octets made by hand, and against itself on a loopback. */
@NullMarked
package org.heliograph.p1;

import org.jspecify.annotations.NullMarked;
