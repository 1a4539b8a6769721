/**
 * The benchmark: a source, a switch in a process of its own with a bounded heap, and a sink on the
 * loopback address; durable acceptance always on. With {@code --against postfix} the same source
 * and sink then load a private Postfix, so that the two figures come from the same minutes of the
 * same machine.
 *
 * <p>The sink answers as little as RFC 5321 lets it; neither side is a model of a mail system.
 */
@NullMarked
package org.heliograph.server.bench;

import org.jspecify.annotations.NullMarked;
