package org.heliograph.p1;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.TraceElement;

/** Trace and internal trace (X.411 12.3.1): our element added, our own traces found. */
final class Tracing {
  private Tracing() {}

  /** Whether a message was here before without a reason to come back. */
  enum Loop {
    NONE,
    /** It came back once: another route may be tried. */
    ONCE,
    /** It came back although another route was tried, or there have been too many returns. */
    AGAIN
  }

  /**
   * With our elements: one in the trace where the message has just entered our domain, one in the
   * internal trace.
   */
  static Envelope arrived(Envelope envelope, LocalMta local, Instant at) {
    return arrived(envelope, local, at, Loop.NONE);
  }

  /** As {@link #arrived(Envelope, LocalMta, Instant)}; what came back once is rerouted. */
  static Envelope arrived(Envelope envelope, LocalMta local, Instant at, Loop loop) {
    OffsetDateTime arrival = at.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    TraceElement.Action action =
        loop == Loop.ONCE ? TraceElement.Action.REROUTED : TraceElement.Action.RELAYED;
    List<TraceElement> trace = new ArrayList<>(envelope.trace());
    if (trace.isEmpty() || !same(trace.getLast().domain(), local.domain())) {
      trace.add(ours(local, Optional.empty(), arrival, action));
    }
    List<TraceElement> internal = new ArrayList<>(envelope.internalTrace());
    if (internal.isEmpty() || !isOurs(internal.getLast(), local) || loop == Loop.ONCE) {
      internal.add(ours(local, Optional.of(local.name()), arrival, action));
    }
    return envelope.change().trace(trace).internalTrace(internal).build();
  }

  private static TraceElement ours(
      LocalMta local, Optional<String> mta, OffsetDateTime arrival, TraceElement.Action action) {
    return new TraceElement(
        local.domain(),
        mta,
        arrival,
        action,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty());
  }

  /**
   * Our last elements say that the message was rerouted after it was tried with {@code attempted}
   * (X.411 12.3.1: attempted-domain in the trace, attempted MTA or domain in the internal one).
   */
  static Envelope rerouted(
      Envelope envelope, LocalMta local, PeerSettings attempted, Agreement of) {
    Optional<GlobalDomain> domain =
        of.domain().or(attempted::domain).filter(d -> !same(d, local.domain()));
    return ourLast(
        envelope,
        local,
        e ->
            new TraceElement(
                e.domain(),
                e.mta(),
                e.arrival(),
                TraceElement.Action.REROUTED,
                attempted(e, domain, attempted.mtaName()).or(e::attemptedDomain),
                e.deferredUntil(),
                e.converted(),
                e.other(),
                e.unknown()));
  }

  private static Optional<TraceElement.Attempted> attempted(
      TraceElement e, Optional<GlobalDomain> domain, String mta) {
    if (domain.isPresent()) {
      return Optional.of(new TraceElement.Attempted(domain, Optional.empty()));
    }
    return e.mta().isPresent()
        ? Optional.of(new TraceElement.Attempted(Optional.empty(), Optional.of(mta)))
        : Optional.empty();
  }

  /** Our last elements say until when the message was held (deferred-time). */
  static Envelope deferred(Envelope envelope, LocalMta local, Instant until) {
    OffsetDateTime time = until.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    return ourLast(
        envelope,
        local,
        e ->
            new TraceElement(
                e.domain(),
                e.mta(),
                e.arrival(),
                e.action(),
                e.attemptedDomain(),
                Optional.of(time),
                e.converted(),
                e.other(),
                e.unknown()));
  }

  private static Envelope ourLast(
      Envelope envelope, LocalMta local, UnaryOperator<TraceElement> change) {
    List<TraceElement> trace = new ArrayList<>(envelope.trace());
    if (!trace.isEmpty() && same(trace.getLast().domain(), local.domain())) {
      trace.set(trace.size() - 1, change.apply(trace.getLast()));
    }
    List<TraceElement> internal = new ArrayList<>(envelope.internalTrace());
    if (!internal.isEmpty() && isOurs(internal.getLast(), local)) {
      internal.set(internal.size() - 1, change.apply(internal.getLast()));
    }
    return envelope.change().trace(trace).internalTrace(internal).build();
  }

  /**
   * Whether the message was here before, or in our domain before another one, and nothing has
   * happened since that gives a reason to come back: a redirection, a list, another route.
   */
  static Loop loop(Envelope envelope, LocalMta local) {
    if (!loops(envelope, local)) {
      return Loop.NONE;
    }
    boolean reroutedHere =
        envelope.trace().stream()
                .anyMatch(e -> same(e.domain(), local.domain()) && rerouted(e) && e.mta().isEmpty())
            || envelope.internalTrace().stream().anyMatch(e -> isOurs(e, local) && rerouted(e));
    return reroutedHere ? Loop.AGAIN : Loop.ONCE;
  }

  private static boolean rerouted(TraceElement e) {
    return e.action() == TraceElement.Action.REROUTED;
  }

  /** Whether the message came back without a reason. */
  static boolean loops(Envelope envelope, LocalMta local) {
    List<TraceElement> trace = envelope.trace();
    int ours = -1;
    for (int i = 0; i < trace.size(); i++) {
      if (same(trace.get(i).domain(), local.domain())) {
        ours = i;
      }
    }
    boolean leftAgain = ours >= 0 && ours < trace.size() - 1;
    if (leftAgain && !reason(trace, ours, local)) {
      return true;
    }
    List<TraceElement> internal = envelope.internalTrace();
    for (int i = internal.size() - 1; i >= 0; i--) {
      if (isOurs(internal.get(i), local)) {
        return !reason(internal, i, local) && !(ours >= 0 && reason(trace, ours, local));
      }
    }
    return false;
  }

  /**
   * A redirection or a list, since we had it or by us; or that somebody else sent it another way
   * than he had tried. That we rerouted it ourselves is no reason to see it again.
   */
  private static boolean reason(List<TraceElement> trace, int from, LocalMta local) {
    return trace.subList(from, trace.size()).stream()
        .anyMatch(
            e ->
                !e.other().isEmpty()
                    || (rerouted(e) && !same(e.domain(), local.domain()))
                    || (rerouted(e) && e.mta().isPresent() && !isOurs(e, local)));
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
