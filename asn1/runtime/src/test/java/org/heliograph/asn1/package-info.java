/** Tests of the runtime: one class for each construct, octets as literals. */
@NullMarked
package org.heliograph.asn1;

import org.jspecify.annotations.NullMarked;
