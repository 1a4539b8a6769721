package org.heliograph.queue.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Cursor;
import org.heliograph.model.Due;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Stage;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of one switch: an embedded Derby database and a directory of content files. Any thread
 * may call; none that calls may be interrupted for it to work.
 */
public final class DerbyStore implements AutoCloseable {
  /**
   * How a store is opened.
   *
   * @param room whether there is room for new content
   * @param durableRows hears audit rows that have become durable; must be quick and throw nothing
   * @param failing hears that the disk failed while something was made ready for an act; must be
   *     quick and throw nothing
   * @param protocol Derby's storage, {@code directory}; tests name a factory that fails
   */
  public record Options(
      Path directory,
      NodeId node,
      StoreSettings settings,
      Faults faults,
      BooleanSupplier room,
      Consumer<List<AuditRow>> durableRows,
      Consumer<StoreUnavailable> failing,
      String protocol) {
    /** Without faults and with room. */
    public static Options at(Path directory, NodeId node, StoreSettings settings) {
      return new Options(
          directory, node, settings, Faults.NONE, () -> true, rows -> {}, why -> {}, "directory");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(DerbyStore.class);

  private final DirectoryLock lock;
  private final Faults faults;
  private final Consumer<StoreUnavailable> failing;
  private final Database database;
  private final Readers readers;
  private final ExecutorService disk;
  private final Contents contents;
  private final ResumeFiles resumes;
  private final Committers committers;
  private final Claim claim;
  private final KeySource messages;
  private final Known known = new Known(16L << 20);

  private DerbyStore(Options options, DirectoryLock lock) throws StoreUnavailable, IOException {
    this.lock = lock;
    this.faults = options.faults();
    this.failing = options.failing();
    ContentFiles files = new ContentFiles(options.directory(), options.faults());
    this.database = new Database(options.directory(), options.protocol());
    database.boot();
    this.readers = new Readers(database, options.faults());
    this.disk =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("store-disk-", 1).factory());
    Started started = register(options.node());
    this.claim = new Claim(options.node(), started.epoch());
    this.messages = new KeySource(started.nextMessage(), limit -> reserve("message", limit));
    KeySource keys = new KeySource(started.nextContent(), limit -> reserve("content", limit));
    this.contents =
        new Contents(
            files, readers, options.settings(), disk, keys, options.room(), options.failing());
    this.committers =
        new Committers(database, options.faults(), contents, started.node(), options.durableRows());
    this.resumes = new ResumeFiles(options.directory(), files);
    Set<Long> held = resumes.stages();
    files.sweep(this::named, held::contains);
    committers.start();
  }

  /**
   * Opens a store, makes it if it is not there, and sweeps what a crash left.
   *
   * @throws StoreInUse if another process, or this one, has it open
   * @throws StoreUnavailable if it cannot be opened
   */
  public static DerbyStore open(Options options) throws StoreInUse, StoreUnavailable {
    DirectoryLock lock;
    try {
      ContentFiles.own(options.directory());
      lock = DirectoryLock.take(options.directory());
    } catch (IOException e) {
      throw new StoreUnavailable(
          "the store's directory " + options.directory() + " cannot be used: " + e.getMessage(), e);
    }
    try {
      return new DerbyStore(options, lock);
    } catch (IOException e) {
      lock.close();
      throw new StoreUnavailable("the store cannot be opened: " + e.getMessage(), e);
    } catch (StoreUnavailable | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private record Started(int node, long epoch, long nextMessage, long nextContent) {}

  /** A new epoch for this node; and the first numbers that nobody can have used. */
  private Started register(NodeId name) throws StoreUnavailable {
    try (Session s = database.session()) {
      int node = 0;
      long epoch = 1;
      try (ResultSet row =
          s.statement("select id, epoch from node where name = ?", name.name()).executeQuery()) {
        if (row.next()) {
          node = row.getInt(1);
          epoch = row.getLong(2) + 1;
        }
      }
      if (node == 0) {
        node = (int) amount(s, "select count(*) from node") + 1;
        s.update("insert into node (id, name, epoch) values (?, ?, ?)", node, name.name(), epoch);
      } else {
        s.update("update node set epoch = ? where id = ?", epoch, node);
      }
      long purged = amount(s, "select max(amount) from meta where name = 'purged'");
      long lastMessage =
          Math.max(
              amount(s, "select max(id) from message"),
              amount(s, "select max(id) from quarantine"));
      long content = amount(s, "select max(amount) from meta where name = 'content'");
      s.commit();
      return new Started(node, epoch, Math.max(purged, lastMessage) + 1, Math.max(1, content));
    } catch (SQLException e) {
      throw new StoreUnavailable("the store cannot be opened: " + Database.why(e), e);
    }
  }

  private static long amount(Session s, String sql) throws SQLException {
    try (ResultSet row = s.statement(sql).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Message numbers are found again from the rows; content keys must not come twice. */
  private void reserve(String name, long limit) throws StoreUnavailable {
    if (!name.equals("content")) {
      return;
    }
    try {
      write(s -> setMeta(s, name, limit));
    } catch (StoreUnavailable e) {
      failing.accept(e);
      throw e;
    }
  }

  /** A small change beside the acts: bookkeeping that may happen twice. */
  private <T> T write(Readers.Reading<T> change) throws StoreUnavailable {
    try {
      faults.force();
    } catch (IOException e) {
      throw new StoreUnavailable("the store cannot be written: " + e.getMessage(), e);
    }
    return readers.read(change);
  }

  private static Boolean setMeta(Session s, String name, long amount) throws SQLException {
    if (s.update("update meta set amount = ? where name = ?", amount, name) == 0) {
      s.update("insert into meta (name, amount) values (?, ?)", name, amount);
    }
    return true;
  }

  /** Asked for each file, since there may be many more messages than files. */
  private boolean named(long key) throws StoreUnavailable {
    return readers.read(s -> Rows.hasContent(s, key));
  }

  /** The claim of this start of the switch. */
  public Claim claim() {
    return claim;
  }

  /** A number for a new message. */
  public MessageId newMessage() throws StoreUnavailable {
    return new MessageId(messages.next());
  }

  /** A stage for what is made inside the switch: it is not refused when space is low. */
  public Stage innerStage() throws StoreUnavailable {
    return contents.innerStage();
  }

  /** Where content lives. */
  public ContentStore contents() {
    return contents;
  }

  /** Drops content that was sealed and will not be named. */
  public void discard(ContentRef unnamed) {
    contents.discard(unnamed);
  }

  /** Lets go of sealed content after an act that names it failed. */
  public void doubt(ContentRef named) {
    contents.doubt(named);
  }

  /**
   * Carries out an act, all or nothing; durable on return.
   *
   * @return false if there was nothing to do because it was done before
   * @throws AlreadyAccepted if one of its keys is known; nothing happened
   * @throws StaleClaim if its claim is not this start's; nothing happened
   * @throws StoreUnavailable if it could not be made durable
   * @throws IllegalStateException if it can never be written as it is
   */
  public boolean perform(Act act) throws AlreadyAccepted, StaleClaim, StoreUnavailable {
    if (act.claim().isPresent() && !act.claim().get().equals(claim)) {
      throw new StaleClaim("the claim " + act.claim().get() + " is over; now it is " + claim);
    }
    known.begin(act);
    boolean applied = false;
    try {
      applied = committers.perform(act);
    } finally {
      if (applied) {
        known.done(act);
      } else {
        known.inDoubt(act);
      }
    }
    return applied;
  }

  /** A message, if it is known still. */
  public Optional<Stored> load(MessageId id) throws StoreUnavailable {
    Optional<Stored> young = known.stored(id);
    if (young.isPresent()) {
      return young;
    }
    Optional<Rows.Facts> facts = known.facts(id);
    return readers.read(
        s -> {
          Optional<Rows.Facts> all = facts;
          if (all.isEmpty()) {
            all = Rows.facts(s, id);
            all.ifPresent(known::read);
          }
          return all.isEmpty()
              ? Optional.<Stored>empty()
              : Optional.of(all.get().stored(Rows.places(s, id), Rows.open(s, id)));
        });
  }

  /** From where interrupted transfers can go on. */
  public ResumeFiles resumes() {
    return resumes;
  }

  /** The message that was accepted with this key, if it is still known. */
  public Optional<MessageId> accepted(UniqueKey key) throws StoreUnavailable {
    return readers.read(
        s -> {
          try (ResultSet row =
              s.statement("select message from unique_key where hash = ?", Names.hash(key))
                  .executeQuery()) {
            return row.next() ? Optional.of(new MessageId(row.getLong(1))) : Optional.empty();
          }
        });
  }

  /** Messages with this name, the latest first. */
  public List<MessageId> named(UniqueKey key) throws StoreUnavailable {
    return readers.read(s -> Rows.named(s, key));
  }

  /** What waits for a peer, by time; see {@link org.heliograph.model.QueueStore#due}. */
  public List<Due> due(PeerName peer, Precedence precedence, Cursor after, int limit)
      throws StoreUnavailable {
    return readers.read(s -> Rows.due(s, RecipientState.WAITING, peer, precedence, after, limit));
  }

  /** What is in a state, whether it was tried before or not. */
  public List<Due> in(RecipientState state, PeerName peer, Precedence precedence, int limit)
      throws StoreUnavailable {
    return readers.read(
        s -> {
          List<Due> all =
              new ArrayList<>(Rows.due(s, state, peer, precedence, Cursor.START, limit));
          all.addAll(
              Rows.due(
                  s, state, peer, precedence, Cursor.RETRIED, Math.max(1, limit - all.size())));
          return all;
        });
  }

  /** How many recipients wait, for each peer and precedence: kept with each act, not counted. */
  public Map<PeerName, Map<Precedence, Long>> waiting() throws StoreUnavailable {
    return readers.read(Rows::waiting);
  }

  /** How many recipients are in a state, for each peer and precedence: counted over an index. */
  public Map<PeerName, Map<Precedence, Long>> counts(RecipientState state) throws StoreUnavailable {
    return readers.read(s -> Rows.counts(s, state));
  }

  /** Open messages that were to be given up by {@code now} and after {@code after}. */
  public List<MessageId> expired(Instant after, Instant now, int limit) throws StoreUnavailable {
    return readers.read(s -> Rows.expired(s, Times.micros(after), Times.micros(now), limit));
  }

  /** An order to minimize as it stands in the store; without a peer it is for all. */
  public record Minimum(Optional<PeerName> peer, Precedence level, Instant until) {}

  /** The orders to minimize that stand. */
  public List<Minimum> minimized() throws StoreUnavailable {
    return readers.read(Orders::minimized);
  }

  /** Orders anew for a peer, or for all; without a level the order ends. */
  public void minimize(Optional<PeerName> peer, Optional<Precedence> level, Instant until)
      throws StoreUnavailable {
    write(s -> Orders.minimize(s, peer, level, until));
  }

  /**
   * Messages that came before a time and are open.
   *
   * @param upTo the number of the last message that was looked at
   */
  public record Late(List<MessageId> messages, long upTo) {}

  /** Open messages of a precedence behind number {@code after} that came by {@code before}. */
  public Late late(Precedence precedence, long after, Instant before, int limit)
      throws StoreUnavailable {
    return readers.read(s -> Rows.late(s, precedence, after, Times.micros(before), limit));
  }

  /** The number of the last message of a precedence that was looked at for its delay. */
  public long delaysNoticed(Precedence precedence) throws StoreUnavailable {
    return readers.read(
        s -> {
          try (ResultSet row =
              s.statement("select amount from meta where name = ?", delays(precedence))
                  .executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  /** Keeps that number; if that is lost in a crash messages are looked at again. */
  public void delaysNoticed(Precedence precedence, long upTo) throws StoreUnavailable {
    write(s -> setMeta(s, delays(precedence), upTo));
  }

  private static String delays(Precedence precedence) {
    return "delays-" + precedence.ordinal();
  }

  /** The reasons why recipients stand where they do, in the order asked. */
  public List<Optional<String>> why(List<Due> what) throws StoreUnavailable {
    return readers.read(s -> Rows.why(s, what));
  }

  /** The audit rows of a message, oldest first. */
  public List<AuditRow> audit(MessageId id) throws StoreUnavailable {
    return readers.read(s -> Rows.audit(s, id));
  }

  /** Checks the audit journal's chains; names the first row that is missing or was changed. */
  public Optional<String> verifyJournal() throws StoreUnavailable {
    return readers.read(Journal::verify);
  }

  /** Messages made from {@code id}. */
  public List<MessageId> madeFrom(MessageId id) throws StoreUnavailable {
    return readers.read(
        s ->
            Rows.ids(
                s.statement(
                    "select id from message --DERBY-PROPERTIES index=message_parent\n"
                        + " where parent = ? order by id",
                    id.value()),
                1000));
  }

  /** What was quarantined, the latest first. */
  public List<Act.Quarantined> quarantined(int limit) throws StoreUnavailable {
    return readers.read(s -> Rows.quarantined(s, limit));
  }

  /** The last time that was noted, for clocks that jump while the switch is down. */
  public Optional<Instant> lastSeen() throws StoreUnavailable {
    long seen =
        readers.read(s -> amount(s, "select max(amount) from meta where name = 'last-seen'"));
    return seen == 0 ? Optional.empty() : Optional.of(Times.instant(seen));
  }

  /** Notes the time; also proves that the store can write, rows and files. */
  public void seen(Instant now) throws StoreUnavailable {
    contents.prove();
    write(s -> setMeta(s, "last-seen", Times.micros(now)));
  }

  /**
   * Forgets finished messages that were accepted before {@code before}, and content that was sealed
   * an hour ago and never named.
   *
   * @return how many
   */
  public int sweep(Instant before, int limit) throws StoreUnavailable {
    contents.sweepUnnamed(Duration.ofHours(1));
    return write(s -> Purge.purge(s, Times.micros(before), limit));
  }

  /** Finishes what is under way and closes; the directory is free for another process. */
  @Override
  public void close() {
    committers.close();
    readers.close();
    disk.shutdown();
    try {
      boolean ended = disk.awaitTermination(10, TimeUnit.SECONDS);
      LOG.debug("disk threads ended: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.shutdown();
    lock.close();
  }

  /** Where a recipient stands, for checks. */
  public Optional<Place> place(MessageId message, RecipientId recipient) throws StoreUnavailable {
    return readers.read(s -> Optional.ofNullable(Rows.places(s, message).get(recipient)));
  }
}
