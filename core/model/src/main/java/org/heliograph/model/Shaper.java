package org.heliograph.model;

import java.util.Map;
import java.util.Set;

/** A channel that makes messages of messages, inside the switch. */
public non-sealed interface Shaper extends Channel {
  /** What it can do, as data for the routing search. */
  Set<Shaping> shapings();

  /**
   * Works on a message for the dispatch's recipients. Called on a thread of the pool for work that
   * burns CPU; must call {@link Workbench#pause} at least once for each 256 KiB of content.
   *
   * <p>What is put on the bench with {@link Workbench#make} becomes visible only with the outcomes
   * returned here, in one transaction. A recipient whose outcome is {@link Outcome.Reshaped} must
   * be the origin of at least one made recipient.
   *
   * @return an outcome for each recipient of the dispatch
   * @throws StoreUnavailable if content cannot be read or staged; the step is tried again later
   */
  Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench)
      throws StoreUnavailable;
}
