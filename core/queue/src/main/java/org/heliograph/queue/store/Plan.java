package org.heliograph.queue.store;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;

/**
 * The way of one recipient: shaper steps and then one outbound channel.
 *
 * @param version of the routes and channels that made it
 * @param steps 0 to 8; none: still to be planned
 */
public record Plan(long version, List<Step> steps) {
  /** One step; the peer of a shaper is {@link PeerName#NONE}. */
  public record Step(ChannelName channel, PeerName peer) {
    @Override
    public String toString() {
      return peer.equals(PeerName.NONE) ? channel.value() : channel + "@" + peer;
    }
  }

  public Plan {
    steps = List.copyOf(steps);
  }

  /** For people and the audit journal: {@code mixer > protect > p1@bravo}. */
  public String display() {
    return String.join(" > ", steps.stream().map(Step::toString).toList());
  }

  String text() {
    StringBuilder text = new StringBuilder(Long.toString(version, 36));
    steps.forEach(s -> text.append(' ').append(s.channel()).append('@').append(s.peer()));
    return text.toString();
  }

  static Plan parse(String text) {
    String[] parts = text.split(" ");
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('@');
      steps.add(
          new Step(
              new ChannelName(parts[i].substring(0, at)),
              new PeerName(parts[i].substring(at + 1))));
    }
    return new Plan(Long.parseLong(parts[0], 36), steps);
  }
}
