package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.heliograph.model.Precedence;
import org.heliograph.osi.Association;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferResult;
import org.heliograph.server.process.Ports;
import org.heliograph.wire.Wire;

/**
 * How long Flash messages take through a switch that has nothing else to do, through one with a
 * backlog of Routine messages for the same peer, and with a large Routine transfer on every
 * association that is not reserved. Arrivals are open-loop: ten a second, whatever became of those
 * before; each one's time counts from when it was due to be sent. The backlog is filled with what
 * the switch may drain meanwhile on top, so that it lasts.
 */
public final class PrecedenceBench {
  private static final int PER_SECOND = 10;

  /** So much faster Flash arrives while the switch warms up. */
  private static final int WARM = 10;

  private static final int SOURCES = 8;
  private static final long FLASH = 1L << 40;
  private static final long LARGE = 50L << 20;
  private static final int LARGE_ONES = 2000;

  /** What a switch may drain in a second, more than this machine was seen to. */
  private static final long DRAINED = 1200;

  private final Plan plan;
  private final long backlog;
  private final int seconds;
  private final Consumer<String> told;
  private final Progress progress;

  public PrecedenceBench(
      Plan plan, long backlog, int seconds, Consumer<String> told, Progress progress) {
    this.plan = plan;
    this.backlog = backlog;
    this.seconds = seconds;
    this.told = told;
    this.progress = progress;
  }

  /**
   * What one part showed.
   *
   * @param sorted milliseconds from when a Flash was due to be sent to its arrival, in order
   * @param otherArrivals Routine messages that arrived while Flash was sent
   * @param otherInAll those of the warm-up too
   */
  private record Times(double[] sorted, long otherArrivals, long otherInAll) {
    double quantile(double share) {
      return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
    }
  }

  /** Runs it in {@code directory}, which must be empty. */
  public Map<String, Object> run(Path directory) throws IOException {
    Times empty = run(directory.resolve("empty"), 0, plan.size());
    told.accept("on an empty switch: " + show(empty));
    // so much more that the backlog is nearly as long at the end as it is asked to be
    long filled = backlog + DRAINED * (seconds + plan.warmUp() / (PER_SECOND * WARM));
    Times loaded = run(directory.resolve("loaded"), filled, plan.size());
    told.accept("behind the backlog: " + show(loaded));
    Times large = run(directory.resolve("large"), LARGE_ONES, LARGE);
    told.accept("beside large transfers: " + show(large));
    Map<String, Object> facts = new LinkedHashMap<>();
    put(facts, "empty", empty);
    put(facts, "loaded", loaded);
    put(facts, "large", large);
    facts.put("ratio", rounded(loaded.quantile(0.99) / empty.quantile(0.99)));
    facts.put("ratio_large", rounded(large.quantile(0.99) / empty.quantile(0.99)));
    facts.put("filled", filled);
    facts.put("left", filled - loaded.otherInAll());
    facts.put("drained_per_second", rounded(loaded.otherArrivals() / (double) seconds));
    facts.put("large_left", LARGE_ONES - large.otherInAll());
    facts.put("large_per_second", rounded(large.otherArrivals() / (double) seconds));
    return facts;
  }

  private static void put(Map<String, Object> facts, String name, Times times) {
    facts.put("flash_p50_ms_" + name, rounded(times.quantile(0.50)));
    facts.put("flash_p99_ms_" + name, rounded(times.quantile(0.99)));
    facts.put("flash_max_ms_" + name, rounded(times.quantile(1)));
  }

  private static String show(Times times) {
    return "p50 "
        + rounded(times.quantile(0.50))
        + " ms, p99 "
        + rounded(times.quantile(0.99))
        + " ms, most "
        + rounded(times.quantile(1))
        + " ms";
  }

  private Times run(Path directory, long queued, long size) throws IOException {
    Ports ports = new Ports();
    String password = UUID.randomUUID().toString();
    Map<Long, Long> due = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    AtomicLong others = new AtomicLong();
    try (Wire wire = new Wire();
        P1Sink sink =
            new P1Sink(
                wire,
                "sink-mta",
                password,
                number -> {
                  Long at = number < FLASH ? null : due.remove(number);
                  if (at != null) {
                    took.add(System.nanoTime() - at);
                  } else {
                    others.incrementAndGet();
                  }
                })) {
      P1Town town =
          P1Town.write(
              directory, password, ports.free(), sink.address(), ports.free(), plan.associations());
      if (queued > 0) {
        new Backlog(town.store(), progress).fill(queued, size, false);
      }
      P1Source source = new P1Source(wire, "source-mta", password);
      try (BenchChild _ = BenchChild.start(town, plan.heap())) {
        // The first messages pay for compiling the program; they are not counted.
        flash(town.listen(), source, plan.warmUp(), due, 2 * FLASH, WARM);
        took.clear();
        due.clear();
        long before = others.get();
        long count = (long) seconds * PER_SECOND;
        flash(town.listen(), source, count, due, FLASH, 1);
        long drained = others.get() - before;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!due.isEmpty()) {
          if (System.nanoTime() > end) {
            throw new IOException(due.size() + " Flash messages did not arrive");
          }
          BenchSwitch.pause();
        }
        double[] sorted = took.stream().mapToDouble(n -> n / 1e6).toArray();
        Arrays.sort(sorted);
        return new Times(sorted, drained, others.get());
      }
    }
  }

  /** Sends open-loop at ten a second, or {@code faster}; returns when the last one was sent. */
  private void flash(
      InetSocketAddress to,
      P1Source source,
      long count,
      Map<Long, Long> due,
      long first,
      int faster)
      throws IOException {
    LinkedBlockingQueue<Association> idle = new LinkedBlockingQueue<>();
    P1Apdus apdus = new P1Apdus(Precedence.FLASH, plan.size());
    ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND / faster;
    try (Progress.Part part = progress.begin("Flash", count)) {
      for (int i = 0; i < SOURCES; i++) {
        idle.add(source.open(to));
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        long start = System.nanoTime();
        for (long n = 0; n < count && failures.isEmpty(); n++) {
          long at = start + n * interval;
          long wait = at - System.nanoTime();
          if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
          }
          long number = first + n;
          due.put(number, at);
          threads.execute(() -> send(idle, apdus, number, failures));
          part.at(n);
        }
      }
      for (Association association : idle) {
        association.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (!failures.isEmpty()) {
      throw new IOException("the source failed: " + failures.peek(), failures.peek());
    }
  }

  private static void send(
      LinkedBlockingQueue<Association> idle,
      P1Apdus apdus,
      long number,
      ConcurrentLinkedQueue<Exception> failures) {
    try {
      Association association = idle.take();
      TransferResult result = association.transfer(apdus.message(number), TransferObserver.none());
      idle.add(association);
      if (!(result instanceof TransferResult.Confirmed)) {
        failures.add(new IOException("the switch did not take a message: " + result));
      }
    } catch (IOException e) {
      failures.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double rounded(double figure) {
    return Math.round(figure * 100) / 100.0;
  }
}
