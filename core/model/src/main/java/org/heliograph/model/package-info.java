/** Values. */
@NullMarked
package org.heliograph.model;

import org.jspecify.annotations.NullMarked;
