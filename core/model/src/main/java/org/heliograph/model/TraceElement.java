package org.heliograph.model;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * One element of X.411 trace-information (domains) or internal-trace-information (MTAs), or what an
 * RFC 5322 Received: field says of the same.
 *
 * @param domain the domain that handled the message
 * @param mta the MTA within the domain; absent in trace-information
 * @param arrival when the message arrived, with the offset it was written with
 * @param action what was done
 * @param attemptedDomain the domain, or MTA, to which a transfer was tried before (rerouting)
 * @param deferredUntil when the deferred message was released
 * @param converted encoded information types after a conversion
 * @param other other actions
 * @param unknown BER octets of what else the element held, so that it leaves as it came
 */
public record TraceElement(
    GlobalDomain domain,
    Optional<String> mta,
    OffsetDateTime arrival,
    Action action,
    Optional<Attempted> attemptedDomain,
    Optional<OffsetDateTime> deferredUntil,
    Optional<EncodedInformationTypes> converted,
    Set<OtherAction> other,
    Optional<Bytes> unknown) {
  /** X.411 RoutingAction. */
  public enum Action {
    RELAYED,
    REROUTED
  }

  /** X.411 OtherActions. */
  public enum OtherAction {
    REDIRECTED,
    DL_OPERATION
  }

  /** Where a transfer was tried. */
  public record Attempted(Optional<GlobalDomain> domain, Optional<String> mta) {}

  public TraceElement {
    other = Set.copyOf(other);
  }

  /**
   * An element of trace-information: {@code domain} relayed the message that arrived at {@code
   * arrival}.
   */
  public static TraceElement relayed(
      GlobalDomain domain, Optional<String> mta, OffsetDateTime arrival) {
    return new TraceElement(
        domain,
        mta,
        arrival,
        Action.RELAYED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty());
  }
}
