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
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.queue.store.Plan;

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

  record Planned(Plan plan) implements Result {}

  record Impossible(Failure failure) implements Result {}

  record CannotTell(String why) implements Result {}

  private final Map<ChannelName, Outbound> outbounds = new TreeMap<>();
  private final Map<ChannelName, Shaper> shapers = new TreeMap<>();
  private volatile Routes routes;

  Planner(List<Channel> channels, Routes routes) {
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
  }

  Routes routes() {
    return routes;
  }

  void routes(Routes others) {
    routes = others;
  }

  Optional<Outbound> outbound(ChannelName name) {
    return Optional.ofNullable(outbounds.get(name));
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
    boolean report = envelope.kind() == Envelope.Kind.REPORT;
    return plan(form(envelope, recipient), recipient, octets, report);
  }

  Result plan(Form from, Address recipient, long octets, boolean report) {
    Routes table = routes;
    return switch (table.lookup(recipient)) {
      case Routes.CannotTell unknown -> new CannotTell(unknown.why());
      case Routes.None none -> new Impossible(Failures.noRoute());
      case Routes.UnknownRecipient unknown -> new Impossible(Failures.unknownRecipient());
      case Routes.Found found -> along(found.route(), from, octets, report, table.version());
    };
  }

  private Result along(Route route, Form from, long octets, boolean report, long version) {
    Outbound outbound = outbounds.get(route.channel());
    if (outbound == null) {
      return new Impossible(Failures.noRoute());
    }
    if (octets > outbound.capabilities().maxOctets()) {
      return new Impossible(Failures.tooLarge(octets, outbound.capabilities().maxOctets()));
    }
    Form wanted =
        report && route.wanted().content() == ContentFamily.CMS ? Form.X400 : route.wanted();
    Optional<List<ChannelName>> way = search(from, wanted);
    if (way.isEmpty()) {
      return new Impossible(
          Failures.noPath(
              "from " + show(from) + " to " + show(wanted) + " over " + shapers.keySet()));
    }
    List<Plan.Step> steps = new ArrayList<>();
    way.get().forEach(shaper -> steps.add(new Plan.Step(shaper, PeerName.NONE)));
    steps.add(new Plan.Step(route.channel(), route.peer()));
    return new Planned(new Plan(version, steps));
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
