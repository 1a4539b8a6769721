package org.heliograph.queue.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/** The threads that read from the database; nobody interrupts them. */
final class Readers implements AutoCloseable {
  private static final int THREADS = 4;

  /** Something to be read in one short transaction. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Session session) throws SQLException, StoreUnavailable;
  }

  private final Database database;
  private final Faults faults;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads;

  Readers(Database database, Faults faults) {
    this.database = database;
    this.faults = faults;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("store-reader-", 1).factory());
  }

  /** Reads on one of the threads; tried a second time on a new connection. */
  <T> T read(Reading<T> reading) throws StoreUnavailable {
    try {
      return CompletableFuture.supplyAsync(() -> attempt(reading), threads).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      throw new StoreUnavailable("the store cannot be read", e);
    } catch (RejectedExecutionException e) {
      throw new StoreUnavailable("the store is closed");
    }
  }

  private <T> T attempt(Reading<T> reading) {
    try {
      try {
        return once(reading, idle.pollFirst());
      } catch (SQLException e) {
        return once(reading, null);
      }
    } catch (SQLException | IOException e) {
      throw new CompletionException(
          new StoreUnavailable("the store cannot be read: " + Database.why(e), e));
    } catch (StoreUnavailable e) {
      throw new CompletionException(e);
    }
  }

  private <T> T once(Reading<T> reading, @Nullable Session kept)
      throws SQLException, StoreUnavailable, IOException {
    Session session = kept == null ? database.session() : kept;
    boolean good = false;
    try {
      faults.read();
      T result = reading.read(session);
      session.commit();
      good = true;
      return result;
    } catch (StoreUnavailable e) {
      good = session.rollback();
      throw e;
    } finally {
      if (good) {
        idle.addFirst(session);
      } else {
        session.close();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    idle.forEach(Session::close);
  }
}
