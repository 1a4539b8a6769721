package org.heliograph.model;

import java.time.Instant;
import java.util.Set;

/** A message that waits for a step: what the scheduler's window holds. */
public record Due(
    MessageId message,
    Set<RecipientId> recipients,
    StepNo step,
    ChannelName channel,
    PeerName peer,
    Precedence precedence,
    Instant notBefore,
    long octets,
    int attempts) {
  public Due {
    recipients = Set.copyOf(recipients);
  }
}
