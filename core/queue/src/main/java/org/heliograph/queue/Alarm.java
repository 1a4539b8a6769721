package org.heliograph.queue;

import java.time.Instant;

/**
 * Something that the operator should know.
 *
 * @param kind what it is about; there is at most one of each kind and subject at a time
 * @param subject the peer or message it is about; empty for the switch itself
 * @param raised whether it begins or is over
 * @param text for people
 */
public record Alarm(Kind kind, String subject, boolean raised, Instant at, String text) {
  /** Kinds of alarms. */
  public enum Kind {
    /** The store does not take or give anything. */
    STORE_UNAVAILABLE,
    /** Little space is left: nothing new is accepted. */
    LOW_SPACE,
    /** A peer cannot be reached. */
    PEER_UNAVAILABLE,
    /** Octets that could not be decoded were kept. */
    QUARANTINED,
    /** A message or report that nobody can be told about was parked. */
    PARKED,
    /** The time of day jumped; the queue keeps its own until somebody confirms. */
    CLOCK_JUMPED,
    /** A part of the switch failed in a way that it should not. */
    INTERNAL
  }
}
