package org.heliograph.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a channel achieved for one recipient in one step. The queue, not the channel, decides what
 * follows from it.
 */
public sealed interface Outcome {
  /** How a recipient was served for good. */
  enum DoneKind {
    /** Responsibility passed to another system that will report. */
    TRANSFERRED,
    /** Passed to a system that sends no positive reports (RFC 3461 5.2.2). */
    RELAYED,
    /** Delivered here. */
    DELIVERED,
    /** A list expanded here. */
    EXPANDED
  }

  /** Whether a deferral speaks of the message, of the peer, or of both. */
  enum Scope {
    MESSAGE,
    PEER,
    BOTH
  }

  /**
   * Served for good; the last step of a plan.
   *
   * @param remote the system that took it, for trace and report
   * @param reply what it answered
   */
  record Done(DoneKind kind, Instant at, Optional<String> remote, Optional<String> reply)
      implements Outcome {}

  /** The step passed without a change; the next step of the plan gets the same message. */
  record Unchanged() implements Outcome {}

  /** A draft in the same transition stands for this recipient from now on. */
  record Reshaped() implements Outcome {}

  /**
   * To be tried again.
   *
   * @param notBefore the earliest next attempt, if the channel knows better than the back-off
   * @param mayHaveArrived whether the other side may hold the message without having said so
   */
  record Deferred(Scope scope, Optional<Instant> notBefore, Failure failure, boolean mayHaveArrived)
      implements Outcome {}

  /** Stopped for something more urgent or for shut-down; no attempt is counted. */
  record Interrupted(Optional<ResumePoint> resume) implements Outcome {}

  /**
   * Kept until somebody decides.
   *
   * @param releaser who may: {@code operator} or {@code security-officer}
   */
  record Held(String reason, String releaser) implements Outcome {}

  /** Failed for good; a report follows if one is due. */
  record Failed(Failure failure) implements Outcome {}

  /** Served: transferred. */
  static Outcome transferred(Instant at, String remote, String reply) {
    return new Done(DoneKind.TRANSFERRED, at, Optional.of(remote), Optional.of(reply));
  }

  static Outcome unchanged() {
    return new Unchanged();
  }

  static Outcome reshaped() {
    return new Reshaped();
  }

  static Outcome failed(Failure failure) {
    return new Failed(failure);
  }

  static Outcome deferred(Scope scope, Failure failure) {
    return new Deferred(scope, Optional.empty(), failure, false);
  }

  static Outcome held(String reason) {
    return new Held(reason, "operator");
  }
}
