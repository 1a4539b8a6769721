package org.heliograph.queue;

import org.heliograph.model.Address;

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

  /** Cannot be told now; why is for the operator. */
  record CannotTell(String why) implements Answer {}

  /** Looks an address up. */
  Answer lookup(Address address);

  /** Differs between tables that may answer differently; the same after a restart. */
  long version();
}
