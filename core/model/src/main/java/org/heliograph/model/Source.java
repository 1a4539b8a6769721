package org.heliograph.model;

import java.util.Optional;

/**
 * Where a message came in: what rules, audit and trace may say about it.
 *
 * @param channel the inbound channel, or the shaper that made the message
 * @param peer the peer as configured, if it is one
 * @param remote network address and port, or what the channel calls its origin
 * @param greeting the name the other side gave itself (EHLO, MTA name)
 * @param identity the name that was proven (login, certificate, bind password), if any
 * @param tls protocol and cipher suite, if any
 */
public record Source(
    ChannelName channel,
    Optional<PeerName> peer,
    String remote,
    Optional<String> greeting,
    Optional<String> identity,
    Optional<String> tls) {
  /** Made inside the switch by {@code channel}. */
  public static Source internal(ChannelName channel) {
    return new Source(
        channel, Optional.empty(), "-", Optional.empty(), Optional.empty(), Optional.empty());
  }
}
