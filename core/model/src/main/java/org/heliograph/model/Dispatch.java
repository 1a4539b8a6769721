package org.heliograph.model;

import java.util.Optional;
import java.util.Set;

/**
 * An order to a channel: take this message one step on for these recipients.
 *
 * @param attempt from 1
 */
public record Dispatch(
    MessageId message,
    Set<RecipientId> recipients,
    StepNo step,
    ChannelName channel,
    PeerName peer,
    int attempt,
    Claim claim,
    Optional<ResumePoint> resume) {
  public Dispatch {
    recipients = Set.copyOf(recipients);
  }
}
