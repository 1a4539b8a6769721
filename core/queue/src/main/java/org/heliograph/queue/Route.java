package org.heliograph.queue;

import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Form;
import org.heliograph.model.PeerName;

/**
 * Where messages for a destination go.
 *
 * @param to which recipients
 * @param channel the outbound channel; or a shaper that works on addresses (lists, redirections),
 *     after which the message is planned anew
 * @param peer the peer, as the channel knows it
 * @param wanted the form in which the message is handed over; a report is taken in the clear where
 *     protected content is wanted
 * @param recipients who is known there; absent: everybody may be
 * @param cost among routes to one destination the cheapest goes first, 0 to 1000
 * @param conditions for which messages it is
 * @param deferral what is done with deferred delivery
 * @param asItComes whether what the channel can carry goes as it came, and only the rest is brought
 *     into the form wanted
 */
public record Route(
    Destination to,
    ChannelName channel,
    PeerName peer,
    Form wanted,
    Optional<KnownRecipients> recipients,
    int cost,
    Conditions conditions,
    Deferral deferral,
    boolean asItComes) {
  /** What is done with a message that is not to be delivered before a time. */
  public enum Deferral {
    /** It is held here until then. */
    HOLD,
    /** It goes on at once, and whoever is next holds it (X.411 12.2.1.1.1.7, by agreement). */
    FORWARD
  }

  private static final int MOST_COST = 1000;

  public Route {
    if (cost < 0 || cost > MOST_COST) {
      throw new IllegalArgumentException("cost " + cost + "; expected 0 to " + MOST_COST);
    }
  }

  /** A route to where everybody may be known, for everything, at no cost. */
  public static Route of(Destination to, ChannelName channel, PeerName peer, Form wanted) {
    return new Route(
        to, channel, peer, wanted, Optional.empty(), 0, Conditions.NONE, Deferral.HOLD, false);
  }

  public Route withRecipients(KnownRecipients known) {
    return new Route(
        to, channel, peer, wanted, Optional.of(known), cost, conditions, deferral, asItComes);
  }

  public Route withCost(int value) {
    return new Route(to, channel, peer, wanted, recipients, value, conditions, deferral, asItComes);
  }

  public Route withConditions(Conditions value) {
    return new Route(to, channel, peer, wanted, recipients, cost, value, deferral, asItComes);
  }

  /** What the channel can carry goes as it came. */
  public Route withAnyForm() {
    return new Route(to, channel, peer, wanted, recipients, cost, conditions, deferral, true);
  }

  public Route withDeferral(Deferral value) {
    return new Route(to, channel, peer, wanted, recipients, cost, conditions, value, asItComes);
  }

  @Override
  public String toString() {
    return to
        + " via "
        + channel
        + (peer.equals(PeerName.NONE) ? "" : " to " + peer)
        + " as "
        + (asItComes ? "it comes, or " : "")
        + wanted.content()
        + conditions
        + (cost > 0 ? " at cost " + cost : "")
        + (deferral == Deferral.FORWARD ? " deferred too" : "");
  }
}
