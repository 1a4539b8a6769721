/** Tests. */
@org.jspecify.annotations.NullMarked
package org.heliograph.conf;
