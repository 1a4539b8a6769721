package org.heliograph.p1;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.TraceElement;

/** Trace and internal trace (X.411 12.3.1): our element added, our own traces found. */
final class Tracing {
  private Tracing() {}

  /**
   * With our elements: one in the trace where the message has just entered our domain, one in the
   * internal trace.
   */
  static Envelope arrived(Envelope envelope, LocalMta local, Instant at) {
    OffsetDateTime arrival = at.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    List<TraceElement> trace = new ArrayList<>(envelope.trace());
    if (trace.isEmpty() || !same(trace.getLast().domain(), local.domain())) {
      trace.add(TraceElement.relayed(local.domain(), Optional.empty(), arrival));
    }
    List<TraceElement> internal = new ArrayList<>(envelope.internalTrace());
    if (internal.isEmpty() || !isOurs(internal.getLast(), local)) {
      internal.add(TraceElement.relayed(local.domain(), Optional.of(local.name()), arrival));
    }
    return envelope.change().trace(trace).internalTrace(internal).build();
  }

  /**
   * Whether the message was here before, or in our domain before another one, and nothing has
   * happened since that gives a reason to come back: a redirection, a list, another route.
   */
  static boolean loops(Envelope envelope, LocalMta local) {
    List<TraceElement> trace = envelope.trace();
    int ours = -1;
    for (int i = 0; i < trace.size(); i++) {
      if (same(trace.get(i).domain(), local.domain())) {
        ours = i;
      }
    }
    boolean leftAgain = ours >= 0 && ours < trace.size() - 1;
    if (leftAgain && !reason(trace, ours)) {
      return true;
    }
    List<TraceElement> internal = envelope.internalTrace();
    for (int i = internal.size() - 1; i >= 0; i--) {
      if (isOurs(internal.get(i), local)) {
        return !reason(internal, i) && !(ours >= 0 && reason(trace, ours));
      }
    }
    return false;
  }

  private static boolean reason(List<TraceElement> trace, int from) {
    return trace.subList(from, trace.size()).stream()
        .anyMatch(e -> !e.other().isEmpty() || e.action() == TraceElement.Action.REROUTED);
  }

  private static boolean isOurs(TraceElement e, LocalMta local) {
    return same(e.domain(), local.domain()) && e.mta().filter(local.name()::equals).isPresent();
  }

  /** Names of domains differ in case and in spaces around them only. */
  static boolean same(GlobalDomain a, GlobalDomain b) {
    return a.country().equalsIgnoreCase(b.country())
        && a.admd().strip().equalsIgnoreCase(b.admd().strip())
        && a.prmd().orElse("").strip().equalsIgnoreCase(b.prmd().orElse("").strip());
  }
}
