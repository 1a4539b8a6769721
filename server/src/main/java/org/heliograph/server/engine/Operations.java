package org.heliograph.server.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.Engine;
import org.heliograph.queue.NotPossible;
import org.heliograph.queue.Operator;
import org.heliograph.server.local.Endpoints;

/** What the local interface offers: the operator's commands, and a look at what happens. */
final class Operations implements Endpoints {
  private static final int MOST = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Operator operator;
  private final EventFeed feed;
  private final Meter meter;
  private final Alarms alarms;
  private final Supplier<Map<String, Object>> status;
  private final Reloading reload;

  /** Reads the configuration again. */
  @FunctionalInterface
  interface Reloading {
    Map<String, Object> run(String who) throws Refused, StoreUnavailable;
  }

  Operations(
      Engine engine,
      EventFeed feed,
      Meter meter,
      Alarms alarms,
      Supplier<Map<String, Object>> status,
      Reloading reload) {
    this.reload = reload;
    this.operator = engine.operator();
    this.feed = feed;
    this.meter = meter;
    this.alarms = alarms;
    this.status = status;
  }

  @Override
  public Map<String, Object> answer(String method, String path, Map<String, String> parameters)
      throws Refused {
    List<String> steps = List.of(path.substring(1).split("/"));
    try {
      return method.equals("POST") ? order(steps, parameters) : look(steps, parameters);
    } catch (StoreUnavailable e) {
      throw new Refused(503, String.valueOf(e.getMessage()));
    } catch (NotPossible e) {
      throw new Refused(409, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> look(List<String> steps, Map<String, String> parameters)
      throws Refused, StoreUnavailable {
    return switch (steps.getFirst()) {
      case "status" -> status.get();
      case "minimize" -> Map.of("minimized", operator.minimized().stream().map(Facts::of).toList());
      case "explain" -> RouteOrders.explain(operator, parameters);
      case "alarms" -> Map.of("alarms", alarms.raised());
      case "figures" -> meter.figures();
      case "events" ->
          feed.after(
              number(parameters, "after", 0, Long.MAX_VALUE),
              Duration.ofMillis(number(parameters, "wait", 0, LONGEST_WAIT.toMillis())));
      case "track" -> track(parameters);
      case "parked" ->
          Map.of("messages", operator.parked(limit(parameters)).stream().map(Facts::of).toList());
      case "quarantined" ->
          Map.of(
              "messages", operator.quarantined(limit(parameters)).stream().map(Facts::of).toList());
      case "queue" -> steps.size() > 1 ? show(MessageId.parse(steps.get(1))) : list(parameters);
      default -> throw new Refused(404, "nothing at /" + String.join("/", steps));
    };
  }

  private Map<String, Object> list(Map<String, String> parameters) throws StoreUnavailable {
    Optional<PeerName> peer = Optional.ofNullable(parameters.get("peer")).map(PeerName::new);
    return Map.of(
        "messages", operator.list(peer, limit(parameters)).stream().map(Facts::of).toList());
  }

  private Map<String, Object> show(MessageId message) throws Refused, StoreUnavailable {
    return operator
        .show(message)
        .map(Facts::of)
        .orElseThrow(() -> new Refused(404, "there is no message " + message + " in the queue"));
  }

  private Map<String, Object> track(Map<String, String> parameters)
      throws Refused, StoreUnavailable {
    String id = parameters.getOrDefault("id", "");
    if (id.isBlank()) {
      throw new Refused(400, "say which message: id is missing");
    }
    var rows = operator.track(id);
    if (rows.isEmpty()) {
      throw new Refused(404, "nothing is known of a message by that name");
    }
    return Map.of("events", rows.stream().map(EventFeed::show).toList());
  }

  private Map<String, Object> order(List<String> steps, Map<String, String> parameters)
      throws Refused, StoreUnavailable, NotPossible {
    if (steps.equals(List.of("figures", "reset"))) {
      meter.reset();
      return Map.of("reset", true);
    }
    if (steps.equals(List.of("figures", "collect"))) {
      return Meter.collected();
    }
    if (steps.equals(List.of("reload"))) {
      return reload.run(parameters.getOrDefault("who", "local interface"));
    }
    if (steps.equals(List.of("minimize"))) {
      return minimize(parameters);
    }
    if (steps.equals(List.of("reroute"))) {
      return RouteOrders.reroute(operator, parameters);
    }
    if (steps.size() != 3 || !steps.getFirst().equals("queue")) {
      throw new Refused(404, "nothing to order at /" + String.join("/", steps));
    }
    MessageId message = MessageId.parse(steps.get(1));
    String who = parameters.getOrDefault("who", "local interface");
    switch (steps.get(2)) {
      case "retry" -> operator.retry(message, who);
      case "hold" ->
          operator.hold(message, parameters.getOrDefault("why", "held by the operator"), who);
      case "release" -> operator.release(message, who, Optional.ofNullable(parameters.get("as")));
      default -> throw new Refused(404, "no such act: " + steps.get(2));
    }
    Map<String, Object> done = new HashMap<>();
    done.put("message", message.toString());
    done.put("done", steps.get(2));
    return done;
  }

  /** Orders to minimize, or without a level ends that. */
  private Map<String, Object> minimize(Map<String, String> parameters)
      throws StoreUnavailable, NotPossible {
    Optional<PeerName> peer = Optional.ofNullable(parameters.get("peer")).map(PeerName::new);
    String who = parameters.getOrDefault("who", "local interface");
    String level = parameters.getOrDefault("level", "");
    if (level.isEmpty()) {
      operator.endMinimize(peer, who);
    } else {
      operator.minimize(
          peer,
          Precedence.valueOf(level.toUpperCase(Locale.ROOT)),
          Instant.parse(parameters.getOrDefault("until", "")),
          who);
    }
    return Map.of("minimized", operator.minimized().stream().map(Facts::of).toList());
  }

  private static int limit(Map<String, String> parameters) {
    return (int) Math.max(1, number(parameters, "limit", 100, MOST));
  }

  private static long number(
      Map<String, String> parameters, String key, long otherwise, long most) {
    String text = parameters.getOrDefault(key, Long.toString(otherwise));
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(key + " is not a number");
    }
    return Math.min(Long.parseLong(text), most);
  }
}
