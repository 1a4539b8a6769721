/** Tests of the generated codecs against octets of real sessions and against other parsers. */
@NullMarked
package org.heliograph.asn1.modules;

import org.jspecify.annotations.NullMarked;
