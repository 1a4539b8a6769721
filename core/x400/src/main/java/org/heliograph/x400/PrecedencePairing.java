package org.heliograph.x400;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.heliograph.asn1.x411.Priority;
import org.heliograph.model.Precedence;

/**
 * How the six precedences are written as X.411 priority and STANAG 4406 priority level qualifier
 * (private extension 1.3.26.0.4406.0.8.0). An absent qualifier reads as low, and low is not written
 * unless it came in.
 */
public final class PrecedencePairing {
  /** Priority and qualifier that stand for one precedence. */
  public record Pair(Priority priority, boolean high) {
    /** The form in configurations: {@code urgent/high}. */
    @Override
    public String toString() {
      return priority + (high ? "/high" : "/low");
    }
  }

  /**
   * The common pairing: override urgent/high, flash urgent/low, immediate normal/high, priority
   * normal/low, routine non-urgent/high, deferred non-urgent/low.
   */
  public static final PrecedencePairing COMMON =
      new PrecedencePairing(
          Map.of(
              Precedence.OVERRIDE, new Pair(Priority.URGENT, true),
              Precedence.FLASH, new Pair(Priority.URGENT, false),
              Precedence.IMMEDIATE, new Pair(Priority.NORMAL, true),
              Precedence.PRIORITY, new Pair(Priority.NORMAL, false),
              Precedence.ROUTINE, new Pair(Priority.NON_URGENT, true),
              Precedence.DEFERRED, new Pair(Priority.NON_URGENT, false)));

  private final Map<Precedence, Pair> pairs;

  /**
   * A pairing of its own.
   *
   * @throws IllegalArgumentException unless each precedence has a pair and no pair is there twice
   */
  public PrecedencePairing(Map<Precedence, Pair> pairs) {
    Set<Pair> seen = new HashSet<>(pairs.values());
    if (pairs.size() != Precedence.values().length || seen.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "each of the six precedences needs a pair of its own, not " + pairs);
    }
    this.pairs = new EnumMap<>(pairs);
  }

  /**
   * Reads a pair such as {@code urgent/high} or {@code non-urgent/low}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Pair parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    for (Priority p : Priority.values()) {
      for (boolean high : new boolean[] {true, false}) {
        Pair pair = new Pair(p, high);
        if (pair.toString().equals(lower)) {
          return pair;
        }
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no pair; expected urgent, normal or non-urgent, then /high or /low");
  }

  /** The pair of {@code precedence}. */
  public Pair pair(Precedence precedence) {
    Pair pair = pairs.get(precedence);
    if (pair == null) {
      throw new IllegalStateException("no pair for " + precedence);
    }
    return pair;
  }

  /** The precedence that a pair stands for. */
  public Precedence precedence(Priority priority, boolean high) {
    for (Map.Entry<Precedence, Pair> e : pairs.entrySet()) {
      if (e.getValue().priority() == priority && e.getValue().high() == high) {
        return e.getKey();
      }
    }
    throw new IllegalStateException("no precedence for " + priority);
  }
}
