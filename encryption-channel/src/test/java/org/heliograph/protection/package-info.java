/** Judges of the protection channel. */
@org.jspecify.annotations.NullMarked
package org.heliograph.protection;
