/**
 * JSON for the local interface and for {@code --json}: written and read by the HOCON library that
 * the configuration needs anyway, of which JSON is a part. For answers of some kilobytes, not for
 * content.
 */
@NullMarked
package org.heliograph.server.json;

import org.jspecify.annotations.NullMarked;
