package org.heliograph.server.engine;

import java.util.List;
import org.heliograph.model.AddressKind;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.Form;
import org.heliograph.model.PeerName;
import org.heliograph.queue.Destination;
import org.heliograph.queue.KnownRecipients;
import org.heliograph.queue.Route;
import org.heliograph.queue.RouteTable;
import org.heliograph.server.config.RouteSettings;

/** Routes as the queue knows them, from routes as the file has them. */
final class Routes {
  /** The name of the peer that the file channel serves. */
  static final PeerName FILE_PEER = new PeerName("file");

  private Routes() {}

  /**
   * @throws IllegalArgumentException if a destination cannot be read
   */
  static RouteTable table(List<RouteSettings> routes) {
    return RouteTable.of(routes.stream().map(Routes::route).toList());
  }

  private static Route route(RouteSettings route) {
    return new Route(
        Destination.parse(route.to()),
        channel(route.via()),
        route.peer().map(PeerName::new).orElse(FILE_PEER),
        form(route),
        route.known().map(KnownRecipients::of));
  }

  static ChannelName channel(RouteSettings.Via via) {
    return switch (via) {
      case SMTP -> new ChannelName("smtp");
      case P1 -> new ChannelName("p1");
      case FILE -> new ChannelName("file");
    };
  }

  private static Form form(RouteSettings route) {
    ContentFamily family =
        route
            .form()
            .orElse(
                route.via() == RouteSettings.Via.SMTP ? ContentFamily.MAIL : ContentFamily.X400);
    return new Form(
        family == ContentFamily.MAIL ? AddressKind.MAILBOX : AddressKind.OR_ADDRESS, family);
  }
}
