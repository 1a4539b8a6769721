/**
 * What all layers share: the shape of a layer between two sinks, the one exception for a peer that
 * breaks the protocol, and a reader of BER that arrives in pieces. No layer is here.
 */
@NullMarked
package org.heliograph.osi.layer;

import org.jspecify.annotations.NullMarked;
