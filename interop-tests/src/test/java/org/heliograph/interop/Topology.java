package org.heliograph.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import org.heliograph.server.local.LocalClient;

/**
 * Two to five switches in this process, each with its own store and its own P1 port, each the peer
 * of all others and of a {@link Station}. What differs is said in lines of configuration.
 */
final class Topology implements AutoCloseable {
  private static final String TEMPLATE =
      """
      node = @name@
      home = data
      domain { country = XX, prmd = @PRMD@, mta = @mta@ }
      retry { first = 100 ms, longest = 500 ms, give-up = 1 d, fallback-after = 300 ms }
      store { low-space = 1 MiB, enough-space = 2 MiB }
      file { directory = delivered }
      p1 {
        listen = ["127.0.0.1:@port@"]
      @peers@
      }
      routes = [
        { to = "/PRMD=@PRMD@/ADMD= /C=XX/", via = file, known = ["/S=KNOWN/"] }
      @routes@
      ]
      @more@
      """;

  private final Path directory;
  private final Station station;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, List<String>> routes = new LinkedHashMap<>();
  private final Map<String, String> more = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<String, Switch> running = new LinkedHashMap<>();

  Topology(Path directory, Station station, String... names) throws IOException {
    this.directory = directory;
    this.station = station;
    for (String name : names) {
      ports.put(name, TestSwitch.freePort());
      routes.put(name, new ArrayList<>());
      more.put(name, "");
    }
  }

  static String mta(String name) {
    return "MTA-" + name.toUpperCase(Locale.ROOT);
  }

  /** On {@code name}, messages for the private domain {@code prmd} go to {@code peer}. */
  Topology route(String name, String prmd, String peer) {
    return route(name, prmd, peer, "");
  }

  /** The same with more keys of the route. */
  Topology route(String name, String prmd, String peer, String keys) {
    String to = "/PRMD=" + prmd + "/ADMD= /C=XX/";
    lines(name)
        .add(
            "{ to = \""
                + to
                + "\", via = p1, peer = "
                + peer
                + (keys.isEmpty() ? "" : ", " + keys)
                + " }");
    return this;
  }

  private List<String> lines(String name) {
    return routes.getOrDefault(name, List.of());
  }

  /** {@code name} listens there. */
  Topology port(String name, int port) {
    ports.put(name, port);
    return this;
  }

  /** {@code name} calls {@code other} at another port, that of a link, and with these keys. */
  Topology peer(String name, String other, int port, String... keys) {
    links.put(
        name + " " + other,
        peer(name, other, port)
            .replace("agreement", String.join("\n    ", keys) + "\n    agreement"));
    return this;
  }

  /** More configuration of a switch. */
  Topology with(String name, String text) {
    more.merge(name, text + "\n", String::concat);
    return this;
  }

  /** A file beside a switch's configuration. */
  Topology file(String name, String file, String text) throws IOException {
    Files.createDirectories(directory.resolve(name));
    Files.writeString(directory.resolve(name).resolve(file), text);
    return this;
  }

  /** Starts them all but {@code absent}. */
  Topology start(String... absent) throws IOException, ConfigurationException {
    station.know(ports);
    for (String name : ports.keySet()) {
      if (!List.of(absent).contains(name)) {
        start(name);
      }
    }
    return this;
  }

  private void start(String name) throws IOException, ConfigurationException {
    Path home = directory.resolve(name);
    Files.createDirectories(home);
    Files.writeString(home.resolve("password"), Station.PASSWORD + "\n");
    StringBuilder peers = new StringBuilder();
    Map<String, Integer> others = new LinkedHashMap<>(ports);
    others.remove(name);
    others.put("tester", station.port());
    others.forEach(
        (other, port) ->
            peers.append(links.getOrDefault(name + " " + other, peer(name, other, port))));
    Path file = home.resolve(name + ".conf");
    Files.writeString(
        file,
        TEMPLATE
            .replace("@name@", name)
            .replace("@PRMD@", name.toUpperCase(Locale.ROOT))
            .replace("@mta@", mta(name))
            .replace("@port@", String.valueOf(ports.get(name)))
            .replace("@peers@", peers)
            .replace("@routes@", String.join("\n", lines(name)))
            .replace("@more@", more.getOrDefault(name, "")));
    running.put(name, Switch.start(ConfigurationFile.read(file)));
  }

  private static String peer(String name, String other, int port) {
    return """
        peers.%s {
          addresses = ["127.0.0.1:%d"]
          theirs { mta = %s, password { file = password } }
          ours { mta = %s, password { file = password } }
          agreement { domain = "/PRMD=%s/ADMD= /C=XX/" }
        }
      """
        .formatted(other, port, mta(other), mta(name), other.toUpperCase(Locale.ROOT));
  }

  /** The events that a switch's audit journal has of a message, with their facts, in order. */
  List<String> journal(String name, String mtsIdentifier) throws IOException {
    Map<String, Object> answer =
        new LocalClient(directory.resolve(name).resolve("data/heliograph.sock"))
            .get("/track", Map.of("id", mtsIdentifier));
    List<String> events = new ArrayList<>();
    ((List<?>) answer.getOrDefault("events", List.of())).forEach(e -> events.add(e.toString()));
    return events;
  }

  /** What {@code heliograph status} shows of a switch. */
  Map<String, Object> status(String name) throws IOException {
    return new LocalClient(directory.resolve(name).resolve("data/heliograph.sock"))
        .get("/status", Map.of());
  }

  @Override
  public void close() {
    running.values().forEach(Switch::stop);
  }
}
