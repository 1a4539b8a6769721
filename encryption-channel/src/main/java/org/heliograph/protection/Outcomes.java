package org.heliograph.protection;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Failure;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StoreUnavailable;

/** Outcomes that both shapers give. */
final class Outcomes {
  private Outcomes() {}

  /** The same outcome for each recipient of a dispatch. */
  static Map<RecipientId, Outcome> all(Dispatch dispatch, Outcome outcome) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    dispatch.recipients().forEach(id -> outcomes.put(id, outcome));
    return outcomes;
  }

  /** A failure of protection. */
  static Failure failure(String text) {
    return Failure.of(Failure.Cause.PROTECTION_FAILED, text);
  }

  /** What a stream over the store threw, as the store's own exception. */
  static StoreUnavailable storeFailed(IOException e) {
    return e.getCause() instanceof StoreUnavailable cause
        ? cause
        : new StoreUnavailable("content cannot be read or staged: " + e.getMessage(), e);
  }
}
