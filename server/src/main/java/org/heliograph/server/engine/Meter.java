package org.heliograph.server.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.model.AuditRow;
import org.heliograph.model.MessageId;

/**
 * Measures how long messages are in the switch, from acceptance to the first recipient's being
 * served, and how much heap that takes. Any thread may call.
 */
final class Meter {
  /** Messages under way of which the start is remembered. */
  private static final int MOST = 200_000;

  /** Each class is a twentieth wider than the one before; the first begins at 10 microseconds. */
  private static final double STEP = Math.log(1.05);

  private static final double FIRST_MS = 0.01;
  private static final int CLASSES = 480;

  private final Map<MessageId, Instant> started =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Instant> eldest) {
          return size() > MOST;
        }
      };
  private final long[] counts = new long[CLASSES];
  private long total;
  private long cpuBefore = cpu();

  /** Takes what has become durable. */
  synchronized void take(List<AuditRow> rows) {
    for (AuditRow row : rows) {
      if (row.message().isEmpty()) {
        continue;
      }
      switch (row.event()) {
        case "accepted" -> started.put(row.message().get(), row.at());
        case "transferred", "relayed", "delivered" -> {
          Instant start = started.remove(row.message().get());
          if (start != null) {
            count(Duration.between(start, row.at()));
          }
        }
        default -> {
          // No matter of time.
        }
      }
    }
  }

  private void count(Duration time) {
    double ms = Math.max(time.toNanos() / 1e6, FIRST_MS);
    int index = (int) (Math.log(ms / FIRST_MS) / STEP);
    counts[Math.min(index, CLASSES - 1)]++;
    total++;
  }

  /** The figures since the last reset. */
  synchronized Map<String, Object> figures() {
    Map<String, Object> figures = new HashMap<>();
    figures.put("served", total);
    figures.put("p50_ms", quantile(0.50));
    figures.put("p99_ms", quantile(0.99));
    figures.put("peak_heap", peakHeap());
    figures.put("cpu_ms", (cpu() - cpuBefore) / 1e6);
    return figures;
  }

  /** The upper end of the class in which the quantile lies; 0 with nothing counted. */
  private double quantile(double share) {
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return FIRST_MS * Math.exp((i + 1) * STEP);
      }
    }
    return 0;
  }

  /** Octets of heap in use when what nobody needs is gone. */
  static Map<String, Object> collected() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return Map.of("used_heap", memory.getHeapMemoryUsage().getUsed());
  }

  /** Begins anew. */
  synchronized void reset() {
    java.util.Arrays.fill(counts, 0);
    total = 0;
    cpuBefore = cpu();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Processor time of this process, in nanoseconds. */
  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Most octets in use at one time, garbage that was not collected yet counted in. */
  private static long peakHeap() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
