package org.heliograph.asn1;

import java.util.List;

/** A value and the constraints it breaks. */
public record Decoded<T>(T value, List<Violation> violations) {
  public Decoded {
    violations = List.copyOf(violations);
  }
}
