package org.heliograph.server.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.AddressText;
import org.heliograph.model.Form;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.PeerName;
import org.heliograph.model.Readdressing;
import org.heliograph.queue.Destination;
import org.heliograph.queue.Route;
import org.heliograph.queue.lists.DistributionList;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.MemberFile;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.queue.lists.Redirection;
import org.heliograph.server.config.ListSettings;
import org.heliograph.server.config.RedirectionSettings;
import org.heliograph.server.config.SwitchSettings;

/** Lists and redirections: their shapers, and the routes that lead to them. */
final class Readdressed {
  private Readdressed() {}

  /**
   * @throws IOException if an address cannot be read; names it
   */
  static ListPolicies lists(SwitchSettings settings) throws IOException {
    try {
      return new ListPolicies(settings.lists().stream().map(Readdressed::list).toList());
    } catch (IllegalArgumentException e) {
      throw new IOException("section lists: " + e.getMessage(), e);
    }
  }

  private static DistributionList list(ListSettings list) {
    List<Predicate<Address>> may = new ArrayList<>();
    for (String who : list.submitters()) {
      may.add(Destination.parse(who)::covers);
    }
    return new DistributionList(
        AddressText.parse(list.address()),
        new MemberFile(list.members()),
        may.isEmpty() ? a -> true : a -> may.stream().anyMatch(m -> m.test(a)),
        list.owner().map(AddressText::parse),
        DistributionList.Reports.valueOf(list.reports().name()));
  }

  /**
   * @throws IOException if an address cannot be read; names it
   */
  static List<Redirection> redirections(SwitchSettings settings) throws IOException {
    try {
      List<Redirection> all = new ArrayList<>();
      for (RedirectionSettings r : settings.redirections()) {
        all.add(
            new Redirection(
                Destination.parse(r.from())::covers,
                AddressText.parse(r.to()),
                Readdressing.Reason.valueOf(r.reason().name()),
                r.when() == RedirectionSettings.When.ON_FAILURE));
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw new IOException("section redirections: " + e.getMessage(), e);
    }
  }

  /** They go before what the file says of the same destinations: nothing is dearer than them. */
  static List<Route> routes(SwitchSettings settings) {
    List<Route> routes = new ArrayList<>();
    for (ListSettings list : settings.lists()) {
      Address address = AddressText.parse(list.address());
      Destination to =
          switch (address) {
            case OrAddress or -> new Destination.OrPrefix(or.attributes());
            case Mailbox mailbox -> new Destination.Box(mailbox);
          };
      routes.add(Route.of(to, ListShaper.NAME, PeerName.NONE, form(address.kind())));
    }
    for (RedirectionSettings r : settings.redirections()) {
      if (r.when() == RedirectionSettings.When.ALWAYS) {
        Destination to = Destination.parse(r.from());
        AddressKind kind =
            to instanceof Destination.OrPrefix ? AddressKind.OR_ADDRESS : AddressKind.MAILBOX;
        routes.add(Route.of(to, RedirectShaper.NAME, PeerName.NONE, form(kind)));
      }
    }
    return routes;
  }

  private static Form form(AddressKind kind) {
    return kind == AddressKind.OR_ADDRESS ? Form.X400 : Form.MAIL;
  }
}
