package org.heliograph.queue;

import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Form;
import org.heliograph.model.PeerName;

/**
 * Where messages for a destination go.
 *
 * @param to which recipients
 * @param channel the outbound channel
 * @param peer the peer, as the channel knows it
 * @param wanted the form in which the message is handed over; a report is taken in the clear where
 *     protected content is wanted
 * @param recipients who is known there; absent: everybody may be
 */
public record Route(
    Destination to,
    ChannelName channel,
    PeerName peer,
    Form wanted,
    Optional<KnownRecipients> recipients) {
  /** A route to where everybody may be known. */
  public static Route of(Destination to, ChannelName channel, PeerName peer, Form wanted) {
    return new Route(to, channel, peer, wanted, Optional.empty());
  }

  public Route withRecipients(KnownRecipients known) {
    return new Route(to, channel, peer, wanted, Optional.of(known));
  }

  @Override
  public String toString() {
    return to + " via " + channel + " to " + peer + " as " + wanted.content();
  }
}
