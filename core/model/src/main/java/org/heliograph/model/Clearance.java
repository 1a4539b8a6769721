package org.heliograph.model;

import java.util.Optional;
import java.util.Set;

/**
 * What labels may pass: the clearance of a peer or a route (X.411 8.5.9: a message security label
 * is held against the security context). Hierarchical only: classification and policy decide, and
 * which categories are known; what the values of categories mean is a matter of the policy.
 *
 * @param policies security policies that are understood; empty: any, also none
 * @param most highest classification, 0 (unmarked) to 256
 * @param categories types of categories that are understood; a label with another one does not pass
 * @param anyCategory whether categories do not matter
 * @param unlabelled whether what has no label passes
 */
public record Clearance(
    Set<Oid> policies, int most, Set<Oid> categories, boolean anyCategory, boolean unlabelled) {
  private static final int HIGHEST = 256;

  public Clearance {
    policies = Set.copyOf(policies);
    categories = Set.copyOf(categories);
    if (most < 0 || most > HIGHEST) {
      throw new IllegalArgumentException("classification " + most + "; expected 0 to " + HIGHEST);
    }
  }

  /** Everything up to a classification, whatever the policy and the categories. */
  public static Clearance upTo(int classification, boolean unlabelled) {
    return new Clearance(Set.of(), classification, Set.of(), true, unlabelled);
  }

  /** Why {@code label} does not pass; empty if it does. */
  public Optional<String> objection(Optional<Label> label) {
    if (label.isEmpty()) {
      return unlabelled ? Optional.empty() : Optional.of("it has no security label");
    }
    Label given = label.get();
    if (!policies.isEmpty() && given.policy().filter(policies::contains).isEmpty()) {
      return Optional.of(
          given
              .policy()
              .map(p -> "its label is under the policy " + p + ", which is not known there")
              .orElse("its label names no policy"));
    }
    if (given.classification().orElse(0) > most) {
      return Optional.of("its label, " + given.display() + ", is above classification " + most);
    }
    if (!anyCategory) {
      for (Label.Category category : given.categories()) {
        if (!categories.contains(category.type())) {
          return Optional.of(
              "its label has a category of type " + category.type() + ", which is not known there");
        }
      }
    }
    return Optional.empty();
  }
}
