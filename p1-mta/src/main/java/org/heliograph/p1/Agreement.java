package org.heliograph.p1;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Clearance;
import org.heliograph.model.GlobalDomain;
import org.heliograph.x400.Rewriting;

/**
 * What two domains have agreed on beside how to reach each other.
 *
 * @param domain the peer's global domain identifier, for the trace of what was rerouted
 * @param arriving how addresses change that come from the peer
 * @param leaving how addresses change that go to it
 * @param clearance what security labels pass either way; absent: all
 * @param takes what the peer takes
 * @param origin how signatures of what comes from it are checked; absent: they pass untouched
 */
public record Agreement(
    Optional<GlobalDomain> domain,
    List<Rewriting> arriving,
    List<Rewriting> leaving,
    Optional<Clearance> clearance,
    Acceptable takes,
    Optional<OriginChecks> origin) {
  /** Nothing in particular. */
  public static final Agreement NONE =
      new Agreement(
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Acceptable.ALL,
          Optional.empty());

  public Agreement {
    arriving = List.copyOf(arriving);
    leaving = List.copyOf(leaving);
  }
}
