package org.heliograph.x400.downgrade;

import java.util.Optional;
import java.util.Set;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.TraceElement;

/** Elements of trace-information: 1984 has no other-actions and no types by object identifier. */
final class Traces84 {
  private Traces84() {}

  static TraceElement down(TraceElement in) {
    boolean plain =
        in.other().isEmpty() && in.converted().map(c -> c.extended().isEmpty()).orElse(true);
    return plain ? in : with(in, in.converted().map(Types84::down));
  }

  /** With what it was converted to. */
  static TraceElement converted(TraceElement in, EncodedInformationTypes types) {
    return with(in, Optional.of(types));
  }

  private static TraceElement with(TraceElement in, Optional<EncodedInformationTypes> converted) {
    return new TraceElement(
        in.domain(),
        in.mta(),
        in.arrival(),
        in.action(),
        in.attemptedDomain(),
        in.deferredUntil(),
        converted,
        Set.of(),
        Optional.empty());
  }
}
