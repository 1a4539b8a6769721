/** What tests of several packages share. */
@NullMarked
package org.heliograph.test;

import org.jspecify.annotations.NullMarked;
