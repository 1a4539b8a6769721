package org.heliograph.model;

import java.util.Set;

/**
 * What an outbound channel can carry, as data for the routing search.
 *
 * @param forms kinds of address and content it carries
 * @param maxOctets largest content; {@link Long#MAX_VALUE} for no limit
 * @param probes whether it carries probes
 * @param cost of a step through it, 1 to 100
 */
public record Capabilities(Set<Form> forms, long maxOctets, boolean probes, int cost) {
  public Capabilities {
    forms = Set.copyOf(forms);
  }
}
