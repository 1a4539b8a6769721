/** Tests of the compiler: small modules, their Java compiled in memory and run. */
@NullMarked
package org.heliograph.asn1.compiler;

import org.jspecify.annotations.NullMarked;
