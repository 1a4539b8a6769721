package org.heliograph.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.heliograph.model.Address;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;

/**
 * Routes as configured. The most specific one counts, not the order: of O/R addresses the one that
 * names the most attributes ({@link OrTree}), of mailboxes the one with the longest domain. Among
 * equally specific ones the cheapest goes first, then the one that was configured first. A route
 * that objects to the message is passed over, down to the default route.
 */
public final class RouteTable implements Routes {
  private final List<Route> routes;
  private final OrTree tree = new OrTree();
  private final Map<String, List<OrTree.Ranked>> boxes = new HashMap<>();
  private final Map<String, List<OrTree.Ranked>> domains = new HashMap<>();
  private final Map<String, List<OrTree.Ranked>> below = new HashMap<>();
  private final List<OrTree.Ranked> anyMailbox = new ArrayList<>();
  private final long version;

  private RouteTable(List<Route> given) {
    for (int i = 0; i < given.size(); i++) {
      OrTree.Ranked ranked = new OrTree.Ranked(given.get(i), i);
      switch (given.get(i).to()) {
        case Destination.OrPrefix or -> tree.add(or, ranked);
        case Destination.Box b -> put(boxes, Destination.Box.key(b.mailbox()), ranked);
        case Destination.Domain d -> put(domains, d.domain(), ranked);
        case Destination.Subdomains d -> put(below, d.domain(), ranked);
        case Destination.AnyMailbox any -> anyMailbox.add(ranked);
      }
    }
    Comparator<OrTree.Ranked> cheapest =
        Comparator.comparingInt((OrTree.Ranked r) -> r.route().cost())
            .thenComparingInt(OrTree.Ranked::order);
    boxes.values().forEach(l -> l.sort(cheapest));
    domains.values().forEach(l -> l.sort(cheapest));
    below.values().forEach(l -> l.sort(cheapest));
    anyMailbox.sort(cheapest);
    List<Route> sorted = new ArrayList<>(given);
    sorted.sort(
        Comparator.comparingInt((Route r) -> r.to().weight())
            .reversed()
            .thenComparingInt(Route::cost));
    this.routes = List.copyOf(sorted);
    CRC32 sum = new CRC32();
    sum.update(routes.toString().getBytes(StandardCharsets.UTF_8));
    this.version = sum.getValue();
  }

  private static void put(
      Map<String, List<OrTree.Ranked>> map, String domain, OrTree.Ranked route) {
    map.computeIfAbsent(domain, d -> new ArrayList<>()).add(route);
  }

  public static RouteTable of(List<Route> routes) {
    return new RouteTable(routes);
  }

  /** The routes, the most specific first. */
  public List<Route> routes() {
    return routes;
  }

  @Override
  public List<Tried> tried(RouteQuestion question) {
    List<Tried> all = new ArrayList<>();
    switch (question.address()) {
      case OrAddress or ->
          tree.matches(or).forEach(m -> all.add(tried(question, m.route().route(), m.why())));
      case Mailbox mailbox -> mailbox(question, mailbox, all);
    }
    return all;
  }

  private void mailbox(RouteQuestion question, Mailbox mailbox, List<Tried> all) {
    String domain = mailbox.domain();
    boxes
        .getOrDefault(Destination.Box.key(mailbox), List.of())
        .forEach(r -> all.add(tried(question, r.route(), "the mailbox itself")));
    domains
        .getOrDefault(domain, List.of())
        .forEach(r -> all.add(tried(question, r.route(), "the domain itself")));
    for (String d = domain; !d.isEmpty(); d = parent(d)) {
      String name = d;
      below
          .getOrDefault(name, List.of())
          .forEach(r -> all.add(tried(question, r.route(), "below ." + name)));
    }
    anyMailbox.forEach(r -> all.add(tried(question, r.route(), "the default for mailboxes")));
  }

  private static String parent(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }

  private static Tried tried(RouteQuestion question, Route route, String why) {
    Address address = question.address();
    boolean unknown = route.recipients().map(r -> !r.knows(address)).orElse(false);
    return new Tried(route, why, route.conditions().objection(question), unknown);
  }

  @Override
  public long version() {
    return version;
  }
}
