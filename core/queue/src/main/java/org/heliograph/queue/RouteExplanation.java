package org.heliograph.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.heliograph.model.Failure;
import org.heliograph.model.PeerName;

/**
 * Why a recipient is routed as it is, for people.
 *
 * @param question what was asked
 * @param version of the table that answered
 * @param rules the routes that lead to the recipient, in the order in which they were tried
 * @param plan the steps that a message would take; empty if there is none
 * @param verdict one sentence: which route won and why, or why none did
 * @param failure what would be reported; absent if there is a plan, or it cannot be told now
 */
public record RouteExplanation(
    RouteQuestion question,
    long version,
    List<Rule> rules,
    Optional<String> plan,
    String verdict,
    Optional<Failure> failure) {
  /**
   * One route.
   *
   * @param route as configured
   * @param match how much of the address it matches
   * @param verdict why it won, or why not
   */
  public record Rule(String route, String match, String verdict) {}

  public RouteExplanation {
    rules = List.copyOf(rules);
  }

  static RouteExplanation of(
      RouteQuestion question, Routes routes, Planner.Result result, Predicate<PeerName> down) {
    List<Rule> rules = new ArrayList<>();
    Optional<Route> winner =
        result instanceof Planner.Planned planned ? Optional.of(planned.route()) : Optional.empty();
    boolean decided = false;
    String because = "";
    for (Routes.Tried one : routes.tried(question)) {
      boolean wins = !decided && winner.filter(one.route()::equals).isPresent();
      String verdict = wins ? "won" : why(one, decided, down);
      if (wins) {
        because = one.route() + ": " + one.why();
      }
      decided |= wins || one.unknown();
      rules.add(new Rule(one.route().toString(), one.why(), verdict));
    }
    return switch (result) {
      case Planner.Planned planned ->
          new RouteExplanation(
              question,
              routes.version(),
              rules,
              Optional.of(planned.plan().display()),
              because,
              Optional.empty());
      case Planner.Impossible impossible ->
          new RouteExplanation(
              question,
              routes.version(),
              rules,
              Optional.empty(),
              impossible.failure().text(),
              Optional.of(impossible.failure()));
      case Planner.CannotTell cannot ->
          new RouteExplanation(
              question, routes.version(), rules, Optional.empty(), cannot.why(), Optional.empty());
    };
  }

  private static String why(Routes.Tried one, boolean decided, Predicate<PeerName> down) {
    if (one.objection().isPresent()) {
      return "objects: " + one.objection().get().text();
    }
    if (decided) {
      return "less specific, or dearer";
    }
    if (one.unknown()) {
      return "the recipient is not known there";
    }
    return down.test(one.route().peer())
        ? "its peer does not answer"
        : "the message cannot be brought into its form";
  }
}
