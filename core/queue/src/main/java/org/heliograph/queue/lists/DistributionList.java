package org.heliograph.queue.lists;

import java.util.Optional;
import java.util.function.Predicate;
import org.heliograph.model.Address;

/**
 * A distribution list (X.402 7.3): its name, who is on it, and its policy.
 *
 * @param address the list's own address
 * @param members read at each expansion
 * @param maySubmit whose messages are expanded (X.411: DL submit permission)
 * @param owner who looks after it
 * @param reports who hears what becomes of the members' copies
 */
public record DistributionList(
    Address address,
    Members members,
    Predicate<Address> maySubmit,
    Optional<Address> owner,
    Reports reports) {
  /** Who hears reports about members (X.411 14.4: the list's reporting policy). */
  public enum Reports {
    ORIGINATOR,
    OWNER,
    BOTH,
    NONE
  }

  public DistributionList {
    if (owner.isEmpty() && (reports == Reports.OWNER || reports == Reports.BOTH)) {
      throw new IllegalArgumentException(
          "the list " + address.display() + " reports to an owner and has none");
    }
  }
}
