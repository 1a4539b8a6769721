package org.heliograph.queue.store;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Precedence;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit. Each committer takes what came in while it was busy, the most urgent first, writes
 * it in one transaction and forces once. It never waits for company. If a transaction fails, its
 * acts are tried again one by one, so that a bad one hurts nobody else.
 *
 * <p>One committer is for Flash and Override alone, and no committer writes them together with what
 * is less urgent: they wait for no batch of others, however many of those come.
 */
final class Committers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committers.class);
  private static final int THREADS = 2;

  /** The number of the committer for what is urgent. */
  private static final int RESERVED = THREADS + 1;

  private static final int MOST_ACTS = 64;
  private static final long MOST_OCTETS = 1 << 20;

  private final Database database;
  private final Faults faults;
  private final Contents contents;
  private final int node;
  private final Consumer<List<AuditRow>> durableRows;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition urgentArrived = lock.newCondition();
  private final PriorityQueue<Waiting> queue = new PriorityQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private long arrivals;
  private boolean reservedIdle;
  private boolean closed;

  /** An act, and what became of it: whether there was anything to do. */
  private static final class Waiting implements Comparable<Waiting> {
    private final Act act;
    private final long arrival;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    /** Whether it may have been carried out by a commit that failed. */
    private boolean inDoubt;

    private Waiting(Act act, long arrival) {
      this.act = act;
      this.arrival = arrival;
    }

    private boolean urgent() {
      return !Precedence.FLASH.above(act.precedence());
    }

    @Override
    public int compareTo(Waiting other) {
      int urgent = act.precedence().compareTo(other.act.precedence());
      if (urgent != 0) {
        return urgent;
      }
      // what leaves goes first: else a switch would take in more than it gets rid of
      int leaving =
          Boolean.compare(act.kind() == Act.Kind.ACCEPT, other.act.kind() == Act.Kind.ACCEPT);
      return leaving != 0 ? leaving : Long.compare(arrival, other.arrival);
    }
  }

  /** An act that was written and is not durable yet. */
  private record Written(Waiting waiting, boolean applied, @Nullable AlreadyAccepted known) {}

  Committers(
      Database database,
      Faults faults,
      Contents contents,
      int node,
      Consumer<List<AuditRow>> durableRows) {
    this.database = database;
    this.faults = faults;
    this.contents = contents;
    this.node = node;
    this.durableRows = durableRows;
  }

  void start() {
    for (int i = 1; i <= RESERVED; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("store-committer-" + number)
              .start(() -> new Committer(number).run()));
    }
  }

  /**
   * Carries out an act; durable on return.
   *
   * @throws IllegalStateException if it can never be written as it is
   */
  boolean perform(Act act) throws AlreadyAccepted, StoreUnavailable {
    Waiting waiting;
    lock.lock();
    try {
      if (closed) {
        throw new StoreUnavailable("the store is closed");
      }
      waiting = new Waiting(act, arrivals++);
      queue.add(waiting);
      if (waiting.urgent() && reservedIdle) {
        reservedIdle = false;
        urgentArrived.signal();
      } else {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
    try {
      return waiting.done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof AlreadyAccepted known) {
        throw known;
      }
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new StoreUnavailable("the store failed", e);
    }
  }

  /** The next batch: of what is urgent alone, if there is any; empty when all is closed. */
  private List<Waiting> take(boolean reserved) throws InterruptedException {
    lock.lock();
    try {
      await(reserved);
      List<Waiting> batch = new ArrayList<>();
      if (reserved && !urgentWaits()) {
        return batch;
      }
      boolean urgent = urgentWaits();
      long octets = 0;
      while (batch.size() < MOST_ACTS && !queue.isEmpty() && urgentWaits() == urgent) {
        octets += queue.element().act.weight();
        if (!batch.isEmpty() && octets > MOST_OCTETS) {
          break;
        }
        batch.add(queue.remove());
      }
      if (!queue.isEmpty()) {
        arrived.signal();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void await(boolean reserved) throws InterruptedException {
    while (!closed && (reserved ? !urgentWaits() : queue.isEmpty())) {
      if (reserved) {
        reservedIdle = true;
        urgentArrived.await();
      } else {
        arrived.await();
      }
    }
    if (reserved) {
      reservedIdle = false;
    }
  }

  private boolean urgentWaits() {
    return !queue.isEmpty() && queue.element().urgent();
  }

  /** Takes no more acts, finishes those that are there. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      urgentArrived.signalAll();
    } finally {
      lock.unlock();
    }
    for (Thread thread : threads) {
      try {
        thread.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One of the threads. */
  private final class Committer {
    private final boolean reserved;
    private final Journal journal;
    private final ActWriter writer;
    private @Nullable Session session;

    /** Whether the last transaction may be durable although it failed. */
    private boolean forceReached;

    private Committer(int number) {
      this.reserved = number == RESERVED;
      this.journal = new Journal(node, number);
      this.writer = new ActWriter(contents, number);
    }

    private void run() {
      try {
        List<Waiting> batch = take(reserved);
        while (!batch.isEmpty()) {
          carryOut(batch);
          batch = take(reserved);
        }
      } catch (InterruptedException e) {
        LOG.error("a committer was interrupted, which nobody may do");
      } finally {
        if (session != null) {
          session.close();
        }
      }
    }

    private void carryOut(List<Waiting> batch) {
      try {
        together(batch);
      } catch (Throwable e) { // whatever it is, nobody who waits may wait for ever
        undo();
        LOG.debug("{} acts together failed: {}", batch.size(), String.valueOf(e));
        batch.forEach(this::alone);
      }
    }

    private void alone(Waiting waiting) {
      try {
        together(List.of(waiting));
      } catch (SQLException | IOException | StoreUnavailable e) {
        undo();
        waiting.done.completeExceptionally(
            permanent(e)
                ? new IllegalStateException("the act cannot be written: " + Database.why(e), e)
                : e instanceof StoreUnavailable
                    ? e
                    : new StoreUnavailable("nothing was stored: " + Database.why(e), e));
      } catch (Throwable e) { // whatever it is, nobody who waits may wait for ever
        undo();
        LOG.error("an act could not be written", e);
        waiting.done.completeExceptionally(
            new IllegalStateException("the act cannot be written: " + e, e));
      }
    }

    /** Whether an act would fail the same way again: data, constraints, syntax (SQL classes). */
    private static boolean permanent(Exception e) {
      String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
      return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    }

    private void together(List<Waiting> batch) throws SQLException, IOException, StoreUnavailable {
      Session s = session;
      if (s == null) {
        s = database.session();
        session = s;
        journal.resume(s);
      }
      journal.mark();
      forceReached = false;
      Set<Act.Kind> kinds = EnumSet.noneOf(Act.Kind.class);
      batch.forEach(w -> kinds.add(w.act.kind()));
      halt(kinds, "before-transaction");
      List<Written> written = new ArrayList<>(batch.size());
      List<AuditRow> rows = new ArrayList<>();
      for (Waiting waiting : batch) {
        written.add(write(s, waiting, rows));
      }
      writer.count(s);
      journal.write(s, rows);
      halt(kinds, "before-force");
      batch.forEach(w -> w.inDoubt = true);
      forceReached = true;
      faults.force();
      s.commit();
      faults.forced();
      halt(kinds, "after-force");
      writer.durable();
      for (Written one : written) {
        if (one.known() != null) {
          one.waiting().done.completeExceptionally(one.known());
        } else {
          one.waiting().done.complete(one.applied());
        }
      }
      if (!rows.isEmpty()) {
        durableRows.accept(rows);
      }
    }

    private Written write(Session s, Waiting waiting, List<AuditRow> rows)
        throws SQLException, StoreUnavailable {
      Act act = waiting.act;
      if (waiting.inDoubt && alreadyThere(s, act)) {
        writer.known(act);
        return new Written(waiting, true, null);
      }
      try {
        boolean applied = writer.write(s, act);
        if (applied) {
          rows.addAll(act.audit());
        }
        return new Written(waiting, applied, null);
      } catch (AlreadyAccepted e) {
        return new Written(waiting, false, e);
      }
    }

    /** Whether the commit that failed before was carried out after all. */
    private static boolean alreadyThere(Session s, Act act) throws SQLException {
      if (act.entries().isEmpty()) {
        return false;
      }
      try (ResultSet row =
          s.statement("select 1 from message where id = ?", act.entries().getFirst().id().value())
              .executeQuery()) {
        return row.next();
      }
    }

    private void undo() {
      writer.forget();
      journal.reset();
      Session s = session;
      if (s != null && !s.rollback()) {
        s.close();
        session = null;
      }
      if (session != null && forceReached) {
        try {
          journal.resume(session);
        } catch (SQLException e) {
          session.close();
          session = null;
        }
      }
    }

    private void halt(Set<Act.Kind> kinds, String point) {
      kinds.forEach(kind -> kind.halt(point).ifPresent(Halt::at));
    }
  }
}
