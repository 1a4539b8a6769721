package org.heliograph.model;

import java.util.Optional;
import java.util.Set;

/**
 * An order to a channel: take this message one step on for these recipients.
 *
 * @param attempt from 1
 * @param attempted the peer that it was tried with before, if it was rerouted
 */
public record Dispatch(
    MessageId message,
    Set<RecipientId> recipients,
    StepNo step,
    ChannelName channel,
    PeerName peer,
    int attempt,
    Claim claim,
    Optional<ResumePoint> resume,
    Optional<PeerName> attempted) {
  public Dispatch {
    recipients = Set.copyOf(recipients);
  }

  /** One that was not rerouted. */
  public Dispatch(
      MessageId message,
      Set<RecipientId> recipients,
      StepNo step,
      ChannelName channel,
      PeerName peer,
      int attempt,
      Claim claim,
      Optional<ResumePoint> resume) {
    this(message, recipients, step, channel, peer, attempt, claim, resume, Optional.empty());
  }
}
