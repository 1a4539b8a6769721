package org.heliograph.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.Channel;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Outbound;
import org.heliograph.model.PeerName;
import org.heliograph.model.ProbeLength;
import org.heliograph.model.Recipient;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.queue.store.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Finds a recipient's plan: from the form that a message has to the form that the route wants, over
 * what the shapers declare. At most {@value #MOST_STEPS} steps, no shaper twice in the same form,
 * the cheapest first.
 */
final class Planner {
  /** Steps of the longest plan, the outbound one included. */
  static final int MOST_STEPS = 8;

  /** What was found. */
  sealed interface Result {}

  record Planned(Plan plan, Route route) implements Result {}

  record Impossible(Failure failure) implements Result {}

  record CannotTell(String why) implements Result {}

  private final Map<ChannelName, Outbound> outbounds = new TreeMap<>();
  private final Map<ChannelName, Shaper> shapers = new TreeMap<>();
  private volatile Routes routes;
  private final DownPeers peers;

  Planner(List<Channel> channels, Routes routes) {
    this(channels, routes, new DownPeers(RetrySettings.DEFAULT.fallbackAfter(), System::nanoTime));
  }

  Planner(List<Channel> channels, Routes routes, DownPeers peers) {
    for (Channel channel : channels) {
      Channel before =
          switch (channel) {
            case Outbound outbound -> outbounds.put(channel.name(), outbound);
            case Shaper shaper -> shapers.put(channel.name(), shaper);
          };
      if (before != null || channel.name().value().equals("plan")) {
        throw new IllegalArgumentException("channel name '" + channel.name() + "' is taken");
      }
    }
    this.routes = routes;
    this.peers = peers;
  }

  Routes routes() {
    return routes;
  }

  void routes(Routes others) {
    routes = others;
  }

  /** Which peers do not answer: alternatives go before them. */
  DownPeers peers() {
    return peers;
  }

  Optional<Outbound> outbound(ChannelName name) {
    return Optional.ofNullable(outbounds.get(name));
  }

  /** The lists of this switch. */
  ListPolicies lists() {
    return shapers.get(ListShaper.NAME) instanceof ListShaper lists
        ? lists.lists()
        : ListPolicies.NONE;
  }

  /** Whether a recipient that failed so has an alternate, and the plan that leads to it. */
  Optional<Plan> alternate(Envelope envelope, Recipient recipient, Failure failure) {
    return shapers.get(RedirectShaper.NAME) instanceof RedirectShaper redirect
            && redirect.hasAlternate(envelope, recipient, failure)
        ? Optional.of(
            new Plan(routes.version(), List.of(new Plan.Step(RedirectShaper.NAME, PeerName.NONE))))
        : Optional.empty();
  }

  Optional<Shaper> shaper(ChannelName name) {
    return Optional.ofNullable(shapers.get(name));
  }

  /**
   * The form a message has for a recipient. A report's form is the world whose codes it speaks,
   * whatever its destination's address; it is never protected.
   */
  static Form form(Envelope envelope, Address recipient) {
    ContentFamily family = envelope.contentType().family();
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return family == ContentFamily.MAIL ? Form.MAIL : Form.X400;
    }
    return new Form(recipient.kind(), family);
  }

  /** A plan for one recipient of a message with so many octets. */
  Result plan(Envelope envelope, Address recipient, long octets) {
    return plan(envelope, recipient, octets, Set.of());
  }

  /**
   * A plan for one recipient that leads to none of the peers in {@code avoid}: where the message
   * came back from, or where it was tried in vain.
   */
  Result plan(Envelope envelope, Address recipient, long octets, Set<PeerName> avoid) {
    long length =
        envelope.kind() == Envelope.Kind.PROBE ? ProbeLength.of(envelope).orElse(octets) : octets;
    return plan(form(envelope, recipient), RouteQuestion.of(envelope, recipient, length), avoid);
  }

  Result plan(Form from, Address recipient, long octets, boolean report) {
    RouteQuestion question =
        new RouteQuestion(
            recipient,
            report ? Envelope.Kind.REPORT : Envelope.Kind.MESSAGE,
            Optional.empty(),
            octets,
            Optional.empty(),
            Optional.empty());
    return plan(from, question, Set.of());
  }

  private Result plan(Form from, RouteQuestion question, Set<PeerName> avoid) {
    Routes table = routes;
    Optional<String> unknown = table.cannotTell(question);
    if (unknown.isPresent()) {
      return new CannotTell(unknown.get());
    }
    Choice choice = new Choice(avoid);
    for (Routes.Tried one : table.tried(question)) {
      if (choice.over(one)) {
        break;
      }
      if (one.objection().isPresent()) {
        choice.objected(new Impossible(one.objection().get()));
      } else if (one.unknown()) {
        choice.objected(new Impossible(Failures.unknownRecipient()));
        break;
      } else {
        choice.add(one.route(), along(one.route(), from, question, table.version()));
      }
    }
    return choice.result();
  }

  /** The choice among the routes that lead to an address. */
  private final class Choice {
    private final Set<PeerName> avoid;
    private @Nullable Planned best;
    private @Nullable Planned standby;
    private @Nullable Impossible said;
    private boolean avoided;

    Choice(Set<PeerName> avoid) {
      this.avoid = avoid;
    }

    /** A peer that does not answer is passed over for an alternative only, not for the default. */
    boolean over(Routes.Tried next) {
      return best != null || (standby != null && !next.route().to().equals(standby.route().to()));
    }

    void objected(Impossible why) {
      if (said == null) {
        said = why;
      }
    }

    void add(Route route, Result result) {
      if (result instanceof Planned planned) {
        if (avoid.contains(route.peer())) {
          avoided = true;
        } else if (peers.down(route.peer())) {
          standby = standby == null ? planned : standby;
        } else {
          best = planned;
        }
      } else if (result instanceof Impossible why) {
        objected(why);
      }
    }

    Result result() {
      if (best != null) {
        return best;
      }
      if (standby != null) {
        return standby;
      }
      if (avoided) {
        return new Impossible(Failures.loop());
      }
      return said != null ? said : new Impossible(Failures.noRoute());
    }
  }

  private Result along(Route route, Form from, RouteQuestion question, long version) {
    if (shapers.containsKey(route.channel())) {
      return new Planned(
          new Plan(version, List.of(new Plan.Step(route.channel(), PeerName.NONE))), route);
    }
    Outbound outbound = outbounds.get(route.channel());
    if (outbound == null) {
      return new Impossible(Failures.noRoute());
    }
    if (question.octets() > outbound.capabilities().maxOctets()) {
      return new Impossible(
          Failures.tooLarge(question.octets(), outbound.capabilities().maxOctets()));
    }
    boolean clear =
        question.kind() != Envelope.Kind.MESSAGE && route.wanted().content() == ContentFamily.CMS;
    boolean asItIs = route.asItComes() && outbound.capabilities().forms().contains(from);
    Form wanted = asItIs ? from : clear ? Form.X400 : route.wanted();
    Optional<List<ChannelName>> way = search(from, wanted);
    if (way.isEmpty()) {
      return new Impossible(
          Failures.noPath(
              "from " + show(from) + " to " + show(wanted) + " over " + shapers.keySet()));
    }
    List<Plan.Step> steps = new ArrayList<>();
    if (question.kind() != Envelope.Kind.PROBE) {
      // a probe has no content that could be shaped
      way.get().forEach(shaper -> steps.add(new Plan.Step(shaper, PeerName.NONE)));
    }
    steps.add(new Plan.Step(route.channel(), route.peer()));
    return new Planned(new Plan(version, steps), route);
  }

  /** What the routes say of a recipient: all that lead to it, and which one wins now. */
  RouteExplanation explain(RouteQuestion question, ContentFamily family) {
    Form from =
        question.kind() == Envelope.Kind.REPORT
            ? family == ContentFamily.MAIL ? Form.MAIL : Form.X400
            : new Form(question.address().kind(), family);
    Result result = plan(from, question, Set.of());
    return RouteExplanation.of(question, routes, result, peers::down);
  }

  private static String show(Form form) {
    return form.content() + (form.address() == AddressKind.MAILBOX ? " for a mailbox" : "");
  }

  private record Partial(Form form, List<ChannelName> way, Set<String> used, int cost) {}

  /** The cheapest way between two forms; among equally cheap ones the shortest. */
  private Optional<List<ChannelName>> search(Form from, Form wanted) {
    PriorityQueue<Partial> open =
        new PriorityQueue<>(
            Comparator.comparingInt(Partial::cost).thenComparingInt(p -> p.way().size()));
    open.add(new Partial(from, List.of(), Set.of(), 0));
    Set<Form> settled = new HashSet<>();
    while (!open.isEmpty()) {
      Partial here = open.remove();
      if (here.form().equals(wanted)) {
        return Optional.of(here.way());
      }
      if (!settled.add(here.form()) || here.way().size() >= MOST_STEPS - 1) {
        continue;
      }
      for (Shaper shaper : shapers.values()) {
        for (Shaping shaping : shaper.shapings()) {
          String act = shaper.name() + " " + shaping;
          if (shaping.from().equals(here.form()) && !here.used().contains(act)) {
            open.add(longer(here, shaper.name(), shaping, act));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Partial longer(Partial here, ChannelName shaper, Shaping shaping, String act) {
    List<ChannelName> way = new ArrayList<>(here.way());
    way.add(shaper);
    Set<String> used = new HashSet<>(here.used());
    used.add(act);
    return new Partial(shaping.to(), way, used, here.cost() + shaping.cost());
  }
}
