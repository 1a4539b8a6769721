package org.heliograph.server.bench;

import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param messages that are counted
 * @param warmUp messages sent before, not counted
 * @param size of each in octets
 * @param associations or connections at one time
 * @param heap of the switch, as {@code -Xmx} takes it
 * @param against another mail system to run in the same minutes
 */
public record Plan(
    int messages, int warmUp, long size, int associations, String heap, Optional<String> against) {}
