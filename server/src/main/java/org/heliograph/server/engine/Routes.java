package org.heliograph.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.model.AddressKind;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentType;
import org.heliograph.model.Form;
import org.heliograph.model.PeerName;
import org.heliograph.queue.Conditions;
import org.heliograph.queue.Destination;
import org.heliograph.queue.KnownRecipients;
import org.heliograph.queue.Route;
import org.heliograph.queue.RouteTable;
import org.heliograph.server.config.ClearanceSettings;
import org.heliograph.server.config.RouteSettings;
import org.heliograph.server.config.Size;
import org.heliograph.server.config.SwitchSettings;

/** Routes as the queue knows them, from routes as the file has them. */
final class Routes {
  /** The name of the peer that the file channel serves. */
  static final PeerName FILE_PEER = new PeerName("file");

  private Routes() {}

  /**
   * @throws IllegalArgumentException if a destination cannot be read
   */
  static RouteTable table(SwitchSettings settings) {
    List<Route> all = new ArrayList<>(Readdressed.routes(settings));
    settings.routes().stream().map(Routes::route).forEach(all::add);
    return RouteTable.of(all);
  }

  private static Route route(RouteSettings route) {
    return new Route(
        Destination.parse(route.to()),
        channel(route.via()),
        route.peer().map(PeerName::new).orElse(FILE_PEER),
        form(route),
        route.known().map(KnownRecipients::of),
        route.cost(),
        conditions(route),
        route.deferred() == RouteSettings.Deferred.FORWARD
            ? Route.Deferral.FORWARD
            : Route.Deferral.HOLD,
        route.via() == RouteSettings.Via.P1 && route.form().isEmpty());
  }

  private static Conditions conditions(RouteSettings route) {
    return new Conditions(
        route.contentTypes().stream().map(ContentType::parse).toList(),
        route.minContent().octets(),
        route.maxContent().map(Size::octets).orElse(Long.MAX_VALUE),
        route.highest(),
        route.lowest(),
        route.clearance().map(ClearanceSettings::clearance));
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
