package org.heliograph.queue.lists;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.heliograph.model.Envelope;
import org.heliograph.model.TraceElement;
import org.heliograph.model.TraceElement.OtherAction;

/**
 * Other actions in the trace (X.411 12.3.1). The last elements are ours where the message came by
 * P1; what came otherwise has no trace yet and gets one, without these, when it leaves.
 */
final class Acted {
  private Acted() {}

  static Envelope mark(Envelope envelope, OtherAction action) {
    return envelope
        .change()
        .trace(last(envelope.trace(), action))
        .internalTrace(last(envelope.internalTrace(), action))
        .build();
  }

  private static List<TraceElement> last(List<TraceElement> trace, OtherAction action) {
    if (trace.isEmpty()) {
      return trace;
    }
    List<TraceElement> marked = new ArrayList<>(trace);
    TraceElement e = trace.getLast();
    Set<OtherAction> others = EnumSet.of(action);
    others.addAll(e.other());
    marked.set(
        trace.size() - 1,
        new TraceElement(
            e.domain(),
            e.mta(),
            e.arrival(),
            e.action(),
            e.attemptedDomain(),
            e.deferredUntil(),
            e.converted(),
            others,
            e.unknown()));
    return marked;
  }
}
