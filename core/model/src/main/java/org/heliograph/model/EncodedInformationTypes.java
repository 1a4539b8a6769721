package org.heliograph.model;

import java.util.List;
import java.util.Set;

/**
 * Encoded information types (X.411 8.2.1.1.1.33).
 *
 * @param builtIn bit numbers of BuiltInEncodedInformationTypes, for example 2 for IA5 text
 * @param extended object identifiers, in the order in which they came
 */
public record EncodedInformationTypes(Set<Integer> builtIn, List<Oid> extended) {
  private static final EncodedInformationTypes NONE =
      new EncodedInformationTypes(Set.of(), List.of());

  public EncodedInformationTypes {
    builtIn = Set.copyOf(builtIn);
    extended = List.copyOf(extended);
  }

  /** No types named. */
  public static EncodedInformationTypes none() {
    return NONE;
  }

  public boolean isEmpty() {
    return builtIn.isEmpty() && extended.isEmpty();
  }
}
