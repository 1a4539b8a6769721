package org.heliograph.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import org.heliograph.model.Address;

/** Routes as configured; the most specific one counts, not the order. */
public final class RouteTable implements Routes {
  private final List<Route> routes;
  private final long version;

  private RouteTable(List<Route> given) {
    List<Route> sorted = new ArrayList<>(given);
    sorted.sort(Comparator.comparingInt((Route r) -> r.to().weight()).reversed());
    this.routes = List.copyOf(sorted);
    CRC32 sum = new CRC32();
    sum.update(routes.toString().getBytes(StandardCharsets.UTF_8));
    this.version = sum.getValue();
  }

  public static RouteTable of(List<Route> routes) {
    return new RouteTable(routes);
  }

  /** The routes, the most specific first. */
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Answer lookup(Address address) {
    for (Route route : routes) {
      if (route.to().covers(address)) {
        boolean known = route.recipients().map(r -> r.knows(address)).orElse(true);
        return known ? new Found(route) : new UnknownRecipient(route);
      }
    }
    return new None();
  }

  @Override
  public long version() {
    return version;
  }
}
