package org.heliograph.model;

/**
 * The right to move messages on. With Derby there is one claim for each start of the switch; with
 * PostgreSQL one for each lease. A transition under an old epoch is refused with {@link
 * StaleClaim}.
 *
 * @param epoch grows with every start or lease
 */
public record Claim(NodeId node, long epoch) {}
