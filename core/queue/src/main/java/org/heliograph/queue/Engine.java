package org.heliograph.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.heliograph.model.Address;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Channel;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.QueueStore;
import org.heliograph.model.Resumes;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;
import org.heliograph.queue.store.Act;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.StoreInUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a switch: store, routes, scheduler, reports. Opened on a directory with the channels
 * it may use; accepts as soon as it is open, moves messages on from {@link #start} to {@link
 * #stop}.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration ROUND = Duration.ofMillis(500);

  /** Batches of audit rows that listeners may be behind; then committers tell them themselves. */
  private static final int UNHEARD = 1000;

  private final EngineSettings settings;
  private final DerbyStore store;
  private final Planner planner;
  private final Queue queue;
  private final Counters counters = new Counters();
  private final Alarms alarms;
  private final ThreadPoolExecutor listening =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(UNHEARD),
          Thread.ofPlatform().daemon().name("listeners").factory(),
          new ThreadPoolExecutor.CallerRunsPolicy());
  private final SteadyClock clock;
  private final Housekeeping housekeeping;
  private final Housekeeping.Room room;
  private final Links links;
  private final ShaperPool shapers;
  private final Operator operator;
  private final Door door = new Door();
  private volatile boolean closed;

  private Engine(
      EngineSettings settings, List<Channel> channels, Routes routes, Surroundings around)
      throws StoreInUse, StoreUnavailable {
    this.settings = settings;
    this.planner =
        new Planner(
            channels, routes, new DownPeers(settings.retry().fallbackAfter(), around.nanos()));
    this.room = new Housekeeping.Room(settings.store(), around.usable());
    this.alarms = new Alarms(around.wall());
    this.store =
        DerbyStore.open(
            new DerbyStore.Options(
                settings.directory(),
                settings.node(),
                settings.store(),
                around.faults(),
                room::open,
                this::tell,
                alarms::storeFails,
                around.protocol()));
    room.look();
    this.clock =
        new SteadyClock(around.wall(), around.nanos(), store.lastSeen().orElse(Instant.EPOCH));
    this.queue = new Queue(store, settings, planner, clock, counters);
    Worker worker = new Worker(queue, clock, alarms);
    this.links = new Links(queue, planner, settings, worker, alarms);
    this.shapers = new ShaperPool(queue, planner, worker, clock, alarms);
    this.housekeeping = new Housekeeping(queue, settings, alarms, clock, room);
    store
        .waiting()
        .forEach(
            (peer, counts) ->
                counts.forEach((precedence, count) -> counters.waiting(peer, precedence, count)));
    queue.schedule().minimize(Operator.minimized(store));
    this.operator = new Operator(queue, settings, clock, clock, counters);
  }

  /**
   * Opens a queue on the machine as it is.
   *
   * @throws StoreInUse if another process has the store; its number is in the message
   * @throws StoreUnavailable if the store cannot be opened
   */
  public static Engine open(EngineSettings settings, List<Channel> channels, Routes routes)
      throws StoreInUse, StoreUnavailable {
    return open(settings, channels, routes, Surroundings.of(settings.directory()));
  }

  /**
   * Opens a queue; makes the directory and the store if they are not there.
   *
   * @param channels that routes may lead to, and shapers; names must differ
   * @param around the clock and the disk, {@link Surroundings#of} in a running switch
   * @throws StoreInUse if another process has the store; its number is in the message
   * @throws StoreUnavailable if the store cannot be opened
   * @throws IllegalArgumentException if two channels have one name
   */
  public static Engine open(
      EngineSettings settings, List<Channel> channels, Routes routes, Surroundings around)
      throws StoreInUse, StoreUnavailable {
    return new Engine(settings, channels, routes, around);
  }

  /** Listeners are not the committers' business: they hear of what is durable a little later. */
  private void tell(List<AuditRow> rows) {
    listening.execute(() -> alarms.audit(rows));
  }

  /** The door for inbound channels. */
  public Submission submission() {
    return door;
  }

  /** Where content lives. */
  public ContentStore contents() {
    return store.contents();
  }

  /** From where interrupted transfers can go on. */
  public Resumes resumes() {
    return store.resumes();
  }

  /** What is queued. */
  public QueueStore queue() {
    return queue;
  }

  /** For tests. */
  DerbyStore store() {
    return store;
  }

  /** The claim of this start, for those who work with {@link #queue} themselves. */
  public Claim claim() {
    return store.claim();
  }

  /** Views and orders of the operator. */
  public Operator operator() {
    return operator;
  }

  /** Figures. */
  public Counters counters() {
    return counters;
  }

  /** The alarms that stand. */
  public List<Alarm> alarms() {
    return alarms.standing();
  }

  /** From now on {@code listener} hears what happens. */
  public void listen(EngineListener listener) {
    alarms.listen(listener);
  }

  /** Swaps the routes; messages that have a plan keep it as long as its channels exist. */
  public void routes(Routes others) {
    planner.routes(others);
    queue.schedule().nudge();
  }

  /**
   * Swaps the routes and the limits of peers, with an audit row that names both versions of the
   * table. New plans carry the new version; what has a plan keeps it.
   *
   * @param facts what else the audit row says
   * @throws StoreUnavailable if the row cannot be written; then nothing has changed
   */
  public void reload(Routes others, Map<PeerName, PeerSettings> limits, Map<String, String> facts)
      throws StoreUnavailable {
    Map<String, String> all = new TreeMap<>(facts);
    all.put("table-before", Long.toString(planner.routes().version()));
    all.put("table-after", Long.toString(others.version()));
    operator.note("reloaded", all);
    queue.schedule().limits(limits);
    routes(others);
  }

  /** Begins to move messages on. */
  public void start() throws StoreUnavailable {
    housekeeping.know(counters.waiting());
    queue.schedule().know(PeerName.NONE);
    shapers.start(settings.shapers());
    Thread.ofPlatform().daemon().name("scheduler").start(this::schedule);
    Thread.ofPlatform().daemon().name("housekeeping").start(this::keepHouse);
  }

  private void schedule() {
    Schedule schedule = queue.schedule();
    while (!schedule.stopping()) {
      long seen = schedule.seen();
      try {
        schedule.wanting().forEach(links::start);
        schedule.awaitChange(seen, ROUND);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("the scheduler failed", e);
      }
    }
  }

  private void keepHouse() {
    while (!closed && !queue.schedule().stopping()) {
      housekeeping.round();
      long end = System.nanoTime() + ROUND.toNanos();
      try {
        while (System.nanoTime() < end && !queue.schedule().stopping()) {
          queue
              .schedule()
              .awaitChange(
                  queue.schedule().seen(), Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One round of the housekeeping, for tests with a clock of their own. */
  void keepHouseNow() {
    housekeeping.round();
    queue.schedule().nudge();
  }

  /**
   * Takes nothing new, lets what is under way finish or yield.
   *
   * @return whether all of it had finished within {@code patience}
   */
  public boolean stop(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    queue.schedule().stop();
    try {
      boolean ended = shapers.join(patience);
      while (queue.schedule().workers() > 0 && System.nanoTime() < deadline) {
        queue.schedule().awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
      return ended && queue.schedule().workers() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops, if that was not done, and closes the store. What was under way is done again. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    queue.schedule().stop();
    try {
      store.seen(clock.instant());
    } catch (StoreUnavailable e) {
      LOG.debug("the time could not be noted: {}", e.getMessage());
    }
    store.close();
    listening.shutdown();
    try {
      if (!listening.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("listeners did not hear the last audit rows");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The door. */
  private final class Door implements Submission {
    @Override
    public Stage stage() throws StoreUnavailable {
      return store.contents().stage();
    }

    @Override
    public Answer routable(Address recipient, ContentFamily family, Source source) {
      return switch (planner.plan(new Form(recipient.kind(), family), recipient, 0, false)) {
        case Planner.Planned planned -> Answer.YES;
        case Planner.Impossible impossible -> Answer.NO;
        case Planner.CannotTell cannot -> Answer.CANNOT_TELL_NOW;
      };
    }

    @Override
    public MessageId submit(Draft draft, Set<UniqueKey> keys)
        throws AlreadyAccepted, StoreUnavailable {
      try {
        return queue.accept(draft, keys);
      } catch (StoreUnavailable e) {
        alarms.storeFails(e);
        throw e;
      }
    }

    @Override
    public Optional<MessageId> accepted(UniqueKey key) throws StoreUnavailable {
      return store.accepted(key);
    }

    @Override
    public void quarantine(Source source, ContentRef octets, String why) throws StoreUnavailable {
      Instant now = clock.instant();
      MessageId id = store.newMessage();
      Map<String, String> facts =
          Map.of("why", why, "octets", Long.toString(octets.length()), "remote", source.remote());
      Act act =
          new Act(
              Act.Kind.OTHER,
              Precedence.ROUTINE,
              Optional.empty(),
              Set.of(),
              List.of(),
              List.of(),
              List.of(new AuditRow(Optional.empty(), Optional.empty(), now, "quarantined", facts)),
              Map.of(),
              Optional.empty(),
              Optional.of(
                  new Act.Quarantined(
                      id.value(), now, source.channel() + " " + source.remote(), octets, why)));
      try {
        store.perform(act);
      } catch (AlreadyAccepted | StaleClaim e) {
        throw new IllegalStateException("an act without keys and claim was refused", e);
      }
      counters.add(Counters.Event.QUARANTINED, 1);
      alarms.happened(Alarm.Kind.QUARANTINED, source.remote(), why);
    }

    @Override
    public boolean open() {
      return !closed
          && !queue.schedule().stopping()
          && room.open()
          && alarms.standing().stream().noneMatch(a -> a.kind() == Alarm.Kind.STORE_UNAVAILABLE);
    }
  }
}
