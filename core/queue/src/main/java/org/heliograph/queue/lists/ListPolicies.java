package org.heliograph.queue.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;

/**
 * The lists of a switch.
 *
 * @param lists with addresses that differ
 */
public record ListPolicies(List<DistributionList> lists) {
  /** No lists. */
  public static final ListPolicies NONE = new ListPolicies(List.of());

  public ListPolicies {
    lists = List.copyOf(lists);
  }

  Optional<DistributionList> find(Address address) {
    return lists.stream().filter(l -> same(l.address(), address)).findFirst();
  }

  /** Whether {@code address} is a list's. */
  public boolean has(Address address) {
    return find(address).isPresent();
  }

  /**
   * Who hears a report about somebody who got a message through lists.
   *
   * @param through the lists, the last one first
   * @param first who hears it if all lists pass it on
   */
  public List<Address> told(List<Address> through, Address first) {
    List<Address> told = new ArrayList<>();
    for (Address name : through) {
      DistributionList list = find(name).orElse(null);
      if (list == null) {
        continue; // it is no more: its reports go on
      }
      switch (list.reports()) {
        case ORIGINATOR -> {}
        case BOTH -> list.owner().ifPresent(told::add);
        case OWNER -> {
          list.owner().ifPresent(told::add);
          return told;
        }
        case NONE -> {
          return told;
        }
      }
    }
    if (told.stream().noneMatch(t -> same(t, first))) {
      told.add(first);
    }
    return told;
  }

  static boolean same(Address a, Address b) {
    return switch (a) {
      case OrAddress or -> b instanceof OrAddress other && or.sameAs(other);
      case Mailbox mailbox ->
          b instanceof Mailbox other && mailbox.text().equalsIgnoreCase(other.text());
    };
  }
}
