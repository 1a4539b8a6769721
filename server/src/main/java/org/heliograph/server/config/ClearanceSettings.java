package org.heliograph.server.config;

import java.util.List;
import java.util.stream.Collectors;
import org.heliograph.model.Clearance;
import org.heliograph.model.Oid;

/** What security labels may pass. */
public record ClearanceSettings(
    @Key(
            says =
                "Highest classification: 0 unmarked, 1 unclassified, 2 restricted, 3 confidential, 4"
                    + " secret, 5 top secret; others are the policy's own.",
            min = 0,
            max = 256)
        int most,
    @Key(says = "Object identifiers of security policies that are understood; none: any.")
        List<String> policies,
    @Key(
            says =
                "Object identifiers of category types that are understood; a label with another one"
                    + " does not pass. Absent: categories do not matter.")
        java.util.Optional<List<String>> categories,
    @Key(says = "Whether messages without a label pass.", or = "true") boolean unlabelled) {
  public ClearanceSettings {
    policies.forEach(Oid::of);
    categories.ifPresent(types -> types.forEach(Oid::of));
  }

  /** As the model has it. */
  public Clearance clearance() {
    return new Clearance(
        policies.stream().map(Oid::of).collect(Collectors.toSet()),
        most,
        categories.orElse(List.of()).stream().map(Oid::of).collect(Collectors.toSet()),
        categories.isEmpty(),
        unlabelled);
  }
}
