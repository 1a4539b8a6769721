package org.heliograph.queue;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.Failure;

/** Who takes messages for an address. Any thread may call. */
public interface Routes {
  /** An answer. */
  sealed interface Answer {}

  /** This route takes them. */
  record Found(Route route) implements Answer {}

  /** The place is known, the recipient is not known there. */
  record UnknownRecipient(Route route) implements Answer {}

  /** No route. */
  record None() implements Answer {}

  /** There are routes, and all of them object: what the most specific one said. */
  record Refused(Failure failure) implements Answer {}

  /** Cannot be told now; why is for the operator. */
  record CannotTell(String why) implements Answer {}

  /**
   * A route that leads to the address, and what became of it.
   *
   * @param route most specific first, then by cost, then as configured
   * @param why it stands where it stands, for people
   * @param objection why it does not take the message
   * @param unknown whether the recipient is known not to be there
   */
  record Tried(Route route, String why, Optional<Failure> objection, boolean unknown) {
    boolean takes() {
      return objection.isEmpty() && !unknown;
    }
  }

  /** The routes that lead to an address, those first that win. Never throws. */
  List<Tried> tried(RouteQuestion question);

  /** Why it cannot be told now where an address is routed; empty if it can. */
  default Optional<String> cannotTell(RouteQuestion question) {
    return Optional.empty();
  }

  /** Looks an address up for a message of which that is known. */
  default Answer lookup(RouteQuestion question) {
    Optional<String> unknown = cannotTell(question);
    if (unknown.isPresent()) {
      return new CannotTell(unknown.get());
    }
    Optional<Failure> said = Optional.empty();
    for (Tried one : tried(question)) {
      if (one.objection().isPresent()) {
        said = said.or(one::objection);
      } else {
        return one.unknown() ? new UnknownRecipient(one.route()) : new Found(one.route());
      }
    }
    return said.isPresent() ? new Refused(said.get()) : new None();
  }

  /** Looks an address up, whatever the message. */
  default Answer lookup(Address address) {
    return lookup(RouteQuestion.of(address));
  }

  /** Differs between tables that may answer differently; the same after a restart. */
  long version();
}
