package org.heliograph.queue;

import java.util.List;
import org.heliograph.model.AuditRow;

/** Hears what happens. Called on threads of the queue: must return soon and throw nothing. */
public interface EngineListener {
  /** Audit rows that have just become durable, in the order of the journal. */
  default void audit(List<AuditRow> rows) {}

  /** Something that the operator should know, or that is over. */
  default void alarm(Alarm alarm) {}
}
