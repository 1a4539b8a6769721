package org.heliograph.server.interop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.TraceElement;
import org.heliograph.server.interop.Arrivals.Arrived;

/** What a relaying MTA adds, and what it must leave alone. */
final class Traces {
  private Traces() {}

  static List<Case> cases() {
    return List.of(
        Case.of("the peer adds its domain to the trace", "X.411 12.3.1, 14.3.1", Traces::domain),
        Case.of("what stood in the trace stays", "X.411 12.3.1", Traces::kept),
        Case.of(
            "an unknown extension that is not critical travels on",
            "X.411 9.1",
            Traces::extension));
  }

  /** Sends a message that comes back, and looks at it. */
  private static Verdict look(Exchange exchange, Change change, Look look)
      throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return Verdict.notSupported("the peer file has no listen: nothing is routed back");
    }
    Envelope envelope =
        change.change(exchange.message(ContentTypes.P22, exchange.user("echo"), Set.of())).build();
    Optional<String> problem =
        exchange.send(envelope, Contents.of(ContentTypes.P22, exchange, "trace"));
    if (problem.isPresent()) {
      return Verdict.fail(problem.get(), exchange.evidence());
    }
    Optional<Arrived> back = exchange.echo(envelope);
    return back.isPresent()
        ? look.look(envelope, back.get().envelope())
        : Verdict.fail(Messages.lost(exchange, envelope), exchange.evidence());
  }

  private interface Change {
    EnvelopeBuilder change(EnvelopeBuilder envelope);
  }

  private interface Look {
    Verdict look(Envelope sent, Envelope came);
  }

  private static boolean same(GlobalDomain one, GlobalDomain other) {
    return one.country().strip().equalsIgnoreCase(other.country().strip())
        && one.admd().strip().equalsIgnoreCase(other.admd().strip())
        && one.prmd().orElse("").strip().equalsIgnoreCase(other.prmd().orElse("").strip());
  }

  private static Verdict domain(Exchange exchange) throws IOException, InterruptedException {
    GlobalDomain theirs = exchange.theirDomain();
    return look(
        exchange,
        e -> e,
        (sent, came) -> {
          List<TraceElement> added =
              came.trace()
                  .subList(Math.min(sent.trace().size(), came.trace().size()), came.trace().size());
          Optional<TraceElement> found =
              added.stream().filter(t -> same(t.domain(), theirs)).findFirst();
          if (found.isEmpty()) {
            return Verdict.fail(
                "no element of " + theirs + " behind ours; there are: " + came.trace(),
                exchange.evidence());
          }
          return found.get().action() == TraceElement.Action.RELAYED
              ? Verdict.pass(
                  theirs
                      + " relayed it, arrived "
                      + found.get().arrival()
                      + (came.internalTrace().size() > sent.internalTrace().size()
                          ? ", with internal trace"
                          : ", without internal trace"))
              : Verdict.fail("its action is " + found.get().action(), exchange.evidence());
        });
  }

  private static Verdict kept(Exchange exchange) throws IOException, InterruptedException {
    return look(
        exchange,
        e -> e,
        (sent, came) -> {
          TraceElement ours = sent.trace().getFirst();
          if (came.trace().isEmpty() || !same(came.trace().getFirst().domain(), ours.domain())) {
            return Verdict.fail(
                "our element is not the first any more: " + came.trace(), exchange.evidence());
          }
          return came.trace().getFirst().arrival().toEpochSecond() == ours.arrival().toEpochSecond()
              ? Verdict.pass("our element came back first, with its arrival time")
              : Verdict.fail(
                  "our arrival time "
                      + ours.arrival()
                      + " came back as "
                      + came.trace().getFirst().arrival(),
                  exchange.evidence());
        });
  }

  private static Verdict extension(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.target().mode() == org.heliograph.osi.Mode.X410_1) {
      return Verdict.notSupported("P1 of 1984 has no extensions");
    }
    return look(
        exchange,
        e -> e.extensions(List.of(Reports.extension(Set.of()))),
        (sent, came) ->
            came.extensions().contains(sent.extensions().getFirst())
                ? Verdict.pass("came back octet for octet")
                : Verdict.fail(
                    "a private extension is lost or changed: " + came.extensions(),
                    exchange.evidence()));
  }
}
