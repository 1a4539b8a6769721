package org.heliograph.server.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a benchmark measured.
 *
 * @param protocol {@code p1} or {@code smtp}
 * @param messages that went through
 * @param size of each, in octets
 * @param associations connections or associations of the source
 * @param seconds from the first message's start to the last one's arrival
 * @param p50 median time in the switch, in milliseconds
 * @param p99 the time in the switch that 99 of 100 do not exceed, in milliseconds
 * @param peakHeap of the switch, in octets
 * @param cpu time of processors that the switch took for a message, in milliseconds
 * @param against what another mail system did, in messages per second
 */
public record Figures(
    String protocol,
    long messages,
    long size,
    int associations,
    double seconds,
    double p50,
    double p99,
    long peakHeap,
    double cpu,
    Optional<Double> against) {

  public double perSecond() {
    return messages / seconds;
  }

  public double megabytesPerSecond() {
    return perSecond() * size / 1e6;
  }

  /** These, with what another system did in messages per second. */
  Figures against(double other) {
    return new Figures(
        protocol,
        messages,
        size,
        associations,
        seconds,
        p50,
        p99,
        peakHeap,
        cpu,
        Optional.of(other));
  }

  public Optional<Double> ratio() {
    return against.map(other -> perSecond() / other);
  }

  /** For {@code --json}. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("protocol", protocol);
    facts.put("messages", messages);
    facts.put("size", size);
    facts.put("associations", associations);
    facts.put("seconds", rounded(seconds));
    facts.put("messages_per_second", rounded(perSecond()));
    facts.put("megabytes_per_second", rounded(megabytesPerSecond()));
    facts.put("p50_ms", rounded(p50));
    facts.put("p99_ms", rounded(p99));
    facts.put("peak_heap_mb", rounded(peakHeap / 1e6));
    facts.put("cpu_ms_per_message", rounded(cpu));
    against.ifPresent(other -> facts.put("against_messages_per_second", rounded(other)));
    ratio().ifPresent(ratio -> facts.put("ratio", rounded(ratio)));
    return facts;
  }

  private static double rounded(double figure) {
    return Math.round(figure * 100) / 100.0;
  }
}
