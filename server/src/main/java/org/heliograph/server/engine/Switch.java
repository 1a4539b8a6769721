package org.heliograph.server.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.heliograph.mixer.CodeTables;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Channel;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.p1.P1Server;
import org.heliograph.queue.Alarm;
import org.heliograph.queue.Counters;
import org.heliograph.queue.Engine;
import org.heliograph.queue.EngineListener;
import org.heliograph.queue.EngineSettings;
import org.heliograph.queue.PeerSettings;
import org.heliograph.queue.Surroundings;
import org.heliograph.queue.store.StoreInUse;
import org.heliograph.queue.store.StoreSettings;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.SmtpSettings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.server.local.Endpoints;
import org.heliograph.server.local.LocalInterface;
import org.heliograph.smtp.SmtpServer;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Histories;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running switch. */
public final class Switch {
  private static final Logger LOG = LoggerFactory.getLogger(Switch.class);
  private static final Logger EVENTS = LoggerFactory.getLogger("Events");
  private static final Duration FINISH = Duration.ofSeconds(10);

  private final SwitchSettings settings;
  private final Optional<Path> file;
  private final Surroundings around;
  private final InstantSource clock;
  private final Wire wire = new Wire();
  private final EventFeed feed = new EventFeed();
  private final Meter meter = new Meter();
  private final Alarms alarms = new Alarms();
  private final Map<String, InetSocketAddress> listening = new TreeMap<>();
  private volatile Optional<Counters> counters = Optional.empty();
  private volatile Optional<Reload> reload = Optional.empty();

  /** What must be closed, in the order of its being opened; closed in the reverse order. */
  private final List<Part> parts = new ArrayList<>();

  private record Part(String name, AutoCloseable what) {}

  private Switch(SwitchSettings settings, Optional<Path> file, Surroundings around) {
    this.settings = settings;
    this.file = file;
    this.around = around;
    this.clock = around.wall();
  }

  /**
   * Starts a switch. When this returns, it listens; when it throws, nothing of it is left.
   *
   * @throws IOException saying which part cannot start and why
   */
  public static Switch start(SwitchSettings settings) throws IOException {
    return start(settings, Surroundings.of(store(settings)));
  }

  /**
   * Starts a switch that can be told to read its configuration again.
   *
   * @throws ConfigurationException with everything that is wrong with the file
   * @throws IOException saying which part cannot start and why
   */
  public static Switch start(Path file) throws ConfigurationException, IOException {
    SwitchSettings settings = ConfigurationFile.read(file);
    return start(settings, Optional.of(file.toAbsolutePath()), Surroundings.of(store(settings)));
  }

  /**
   * The same on another clock and another disk.
   *
   * @throws IOException saying which part cannot start and why
   */
  public static Switch start(SwitchSettings settings, Surroundings around) throws IOException {
    return start(settings, Optional.empty(), around);
  }

  private static Switch start(SwitchSettings settings, Optional<Path> file, Surroundings around)
      throws IOException {
    Switch started = new Switch(settings, file, around);
    boolean runs = false;
    try {
      started.open();
      runs = true;
      return started;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (!runs) {
        started.stop();
      }
    }
  }

  /**
   * Reads everything that a configuration names (keys, certificates, tables) and starts nothing.
   *
   * @throws IOException saying what is wrong
   */
  public static void check(SwitchSettings settings) throws IOException {
    try (Wire unused = new Wire()) {
      Channels channels = Channels.of(settings, unused, InstantSource.system());
      Routes.table(settings);
      settings.p1().ifPresent(X400Side::doors);
      for (AutoCloseable part : channels.parts()) {
        part.close();
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void open() throws IOException {
    long start = System.nanoTime();
    part("sockets", wire);
    Channels channels = Channels.of(settings, wire, clock);
    parts.addAll(channels.parts().stream().map(p -> new Part("channel", p)).toList());
    Engine engine = openEngine(channels.all());
    engine.listen(new Listening());
    counters = Optional.of(engine.counters());
    file.ifPresent(
        path -> reload = Optional.of(new Reload(path, settings, channels.swappable(), engine)));
    part(
        "local interface",
        LocalInterface.start(
            settings.socket(),
            new Operations(engine, feed, meter, alarms, this::status, this::reload)));
    try {
      engine.start();
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
    listen(engine, channels);
    writePorts();
    long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    LOG.info("{} runs, ready in {} ms: {}", settings.node(), ms, summary(channels));
  }

  private Map<String, Object> reload(String who) throws Endpoints.Refused, StoreUnavailable {
    if (reload.isEmpty()) {
      throw new Endpoints.Refused(409, "this switch was not started from a file");
    }
    Map<String, Object> said = reload.get().run(who);
    LOG.info("{} was reloaded by {}: {}", settings.node(), who, said);
    return said;
  }

  /** Reads the configuration again because of a signal: the log says what became of it. */
  public void reload() {
    try {
      Map<String, Object> _ = reload("signal");
    } catch (Endpoints.Refused | StoreUnavailable e) {
      LOG.error("not reloaded; {}", e.getMessage());
    }
  }

  private void part(String name, AutoCloseable what) {
    parts.add(new Part(name, what));
  }

  private Engine openEngine(List<Channel> channels) throws IOException {
    var store = settings.store();
    EngineSettings engine =
        EngineSettings.at(
                store(settings),
                new NodeId(settings.node()),
                settings.domain().map(d -> d.mta()).orElse(settings.hostName()))
            .withStore(
                new StoreSettings(
                    (int) store.inline().octets(),
                    store.lowSpace().octets(),
                    store.enoughSpace().octets(),
                    store.remember()))
            .withRetry(settings.retry().queue())
            .withCodes(failure -> CodeTables.withSmtp(CodeTables.withX400(failure)))
            .withReaddressing(new Histories());
    if (settings.domain().isPresent()) {
      engine = engine.withDomain(settings.domain().get().global());
    }
    for (Map.Entry<PeerName, PeerSettings> peer : Channels.limits(settings).entrySet()) {
      engine = engine.withPeer(peer.getKey(), peer.getValue());
    }
    try {
      Engine opened = Engine.open(engine, channels, Routes.table(settings), around);
      part("queue", () -> close(opened));
      return opened;
    } catch (StoreInUse | StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path store(SwitchSettings settings) {
    return settings.home().resolve("store");
  }

  private static void close(Engine engine) {
    if (!engine.stop(FINISH)) {
      LOG.warn(
          "not everything in flight finished within {} s; it stays in the queue",
          FINISH.toSeconds());
    }
    engine.close();
  }

  private void listen(Engine engine, Channels channels) throws IOException {
    if (settings.smtp().isPresent()) {
      for (SmtpSettings.Listener listener : settings.smtp().get().listen()) {
        SmtpServer server = MailSide.listen(wire, settings, listener, engine.submission(), clock);
        part("SMTP listener", () -> server.close(FINISH));
        listening("smtp", server.address());
      }
    }
    if (settings.p1().isPresent() && settings.p1().get().listens()) {
      P1Server server =
          X400Side.listen(
              wire,
              settings.domain().orElseThrow(),
              settings.p1().get(),
              channels.swappable().p1Tables(),
              engine,
              clock);
      part("P1 listener", () -> server.close(FINISH));
      server.addresses().forEach(address -> listening("p1", address));
    }
  }

  private void listening(String name, InetSocketAddress address) {
    String unique = name;
    for (int i = 2; listening.containsKey(unique); i++) {
      unique = name + i;
    }
    listening.put(unique, address);
  }

  /**
   * Written last and in one move: who finds the file finds all of it, and a switch that listens.
   */
  private void writePorts() throws IOException {
    if (settings.portsFile().isEmpty()) {
      return;
    }
    Path file = settings.portsFile().get();
    StringBuilder text = new StringBuilder();
    listening.forEach(
        (name, at) -> text.append(name).append(' ').append(at.getPort()).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text, StandardCharsets.US_ASCII);
    Path _ =
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String summary(Channels channels) {
    StringBuilder text = new StringBuilder();
    listening.forEach(
        (name, at) ->
            text.append(name)
                .append(" on ")
                .append(at.getAddress().getHostAddress())
                .append(':')
                .append(at.getPort())
                .append(", "));
    text.append("channels ");
    text.append(String.join(" ", channels.all().stream().map(c -> c.name().value()).toList()));
    return text.append(", ").append(settings.routes().size()).append(" routes").toString();
  }

  private Map<String, Object> status() {
    Map<String, Object> status = new TreeMap<>();
    status.put("node", settings.node());
    status.put("pid", ProcessHandle.current().pid());
    Map<String, Object> ports = new TreeMap<>();
    listening.forEach(
        (name, at) -> ports.put(name, at.getAddress().getHostAddress() + ":" + at.getPort()));
    status.put("listening", ports);
    status.put("alarms", alarms.raised());
    counters.ifPresent(
        counted -> {
          Map<String, Object> events = new TreeMap<>();
          counted
              .events()
              .forEach((event, n) -> events.put(event.name().toLowerCase(Locale.ROOT), n));
          status.put("events", events);
          status.put("waiting", counted.waitingInAll());
        });
    return status;
  }

  /**
   * Stops cleanly: listeners first, then what is in flight is finished or given back to the queue,
   * then the store is closed. A second call does nothing.
   */
  public void stop() {
    List<Part> open;
    synchronized (parts) {
      open = List.copyOf(parts).reversed();
      parts.clear();
    }
    for (Part part : open) {
      try {
        part.what().close();
      } catch (Exception e) {
        LOG.warn("the {} did not stop cleanly: {}", part.name(), e.getMessage());
      }
    }
    if (!open.isEmpty()) {
      LOG.info("{} has stopped", settings.node());
    }
  }

  /** Hears what the queue does, for watchers, figures and the log. */
  private final class Listening implements EngineListener {
    @Override
    public void audit(List<AuditRow> rows) {
      feed.add(rows);
      meter.take(rows);
      if (EVENTS.isInfoEnabled()) {
        rows.forEach(
            row ->
                EVENTS.info(
                    "{} {} {}",
                    row.message().map(Object::toString).orElse("-"),
                    row.event(),
                    row.facts()));
      }
    }

    @Override
    public void alarm(Alarm alarm) {
      alarms.take(alarm);
    }
  }
}
