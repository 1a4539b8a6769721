/**
 * Small benchmarks (JMH) of what every message costs in codecs and session layer. Not whole
 * switches: those are measured by {@code ./heliograph bench}.
 */
@NullMarked
package org.heliograph.micro;

import org.jspecify.annotations.NullMarked;
