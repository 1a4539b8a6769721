/**
 * A switch, wired from its configuration: store, queue, channels, shapers, listeners and the local
 * interface, started and stopped in an order that loses nothing.
 *
 * <p>The only place that sees all rooms. It decides nothing about messages.
 */
@NullMarked
package org.heliograph.server.engine;

import org.jspecify.annotations.NullMarked;
