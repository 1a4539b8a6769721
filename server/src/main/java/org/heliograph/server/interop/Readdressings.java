package org.heliograph.server.interop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.OrAddress;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.osi.Mode;

/** Redirection and distribution lists, where the peer file names some, and their prohibition. */
final class Readdressings {
  private static final int REASSIGNMENT_PROHIBITED = 26;
  private static final int DL_EXPANSION_PROHIBITED = 28;

  private Readdressings() {}

  static List<Case> cases() {
    return List.of(
        Case.of(
            "redirection of a recipient",
            "X.411 14.3.2, 12.2.1.3",
            e -> served(e, e.redirected(), "a redirected recipient")),
        Case.of(
            "redirection where it is prohibited",
            "X.411 8.2.1.1.1.2",
            e ->
                prohibited(
                    e,
                    e.redirected(),
                    "a redirected recipient",
                    Flag.RECIPIENT_REASSIGNMENT_PROHIBITED,
                    REASSIGNMENT_PROHIBITED)),
        Case.of(
            "expansion of a distribution list",
            "X.411 14.3.10",
            e -> served(e, e.list(), "a distribution list")),
        Case.of(
            "expansion where it is prohibited",
            "X.411 8.2.1.1.1.6",
            e ->
                prohibited(
                    e,
                    e.list(),
                    "a distribution list",
                    Flag.DL_EXPANSION_PROHIBITED,
                    DL_EXPANSION_PROHIBITED)));
  }

  /** A delivery report comes, about the recipient or about whom it went to in its place. */
  private static Verdict served(Exchange exchange, Optional<OrAddress> to, String what)
      throws IOException, InterruptedException {
    Optional<Verdict> untried = untried(exchange, to, what);
    if (untried.isPresent() || to.isEmpty()) {
      return untried.orElseThrow();
    }
    Envelope envelope =
        exchange
            .message(ContentTypes.P22, to.get(), Set.of(Event.DELIVERY, Event.NON_DELIVERY))
            .build();
    Optional<Verdict> trouble =
        Reports.trouble(exchange, envelope, Reports.text(exchange, "to " + what));
    if (trouble.isPresent()) {
      return trouble.get();
    }
    return exchange
        .report(envelope, exchange.patience())
        .map(r -> Reports.delivered(exchange, r, envelope))
        .orElseGet(() -> Reports.noReport(exchange));
  }

  private static Verdict prohibited(
      Exchange exchange, Optional<OrAddress> to, String what, Flag flag, int diagnostic)
      throws IOException, InterruptedException {
    Optional<Verdict> untried = untried(exchange, to, what);
    if (untried.isPresent() || to.isEmpty()) {
      return untried.orElseThrow();
    }
    if (exchange.target().mode() == Mode.X410_1) {
      return Verdict.notSupported("P1 of 1984 has no extensions");
    }
    Envelope plain =
        exchange.message(ContentTypes.P22, to.get(), Set.of(Event.NON_DELIVERY)).build();
    Envelope envelope = plain.change().handling(plain.handling().with(flag)).build();
    return Reports.fails(
        exchange,
        envelope,
        Reports.text(exchange, "to " + what + ", prohibited"),
        Set.of(diagnostic));
  }

  private static Optional<Verdict> untried(Exchange exchange, Optional<OrAddress> to, String what) {
    if (!exchange.returns()) {
      return Optional.of(Reports.NO_WAY_BACK);
    }
    return to.isEmpty()
        ? Optional.of(Verdict.notSupported("the peer file names no address of " + what))
        : Optional.empty();
  }
}
