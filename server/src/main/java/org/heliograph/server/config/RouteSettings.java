package org.heliograph.server.config;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentType;
import org.heliograph.model.Precedence;
import org.heliograph.queue.Destination;

/** A route. */
public record RouteSettings(
    @Key(
            says =
                "A mail domain, one with its subdomains as .example.org, or the beginning of an O/R"
                    + " address such as /PRMD=BRAVO/ADMD= /C=XX/ or P=BRAVO; A=; C=XX.")
        String to,
    @Key(says = "The channel that takes the message.") Via via,
    @Key(says = "The peer, as named under smtp.peers or p1.peers; the file channel needs none.")
        Optional<String> peer,
    @Key(
            says =
                "In which form the message is handed over: mail, x400 (in the clear) or cms"
                    + " (protected). Absent: mail by smtp, x400 by file; by p1 X.400"
                    + " content as it comes, protected or not.")
        Optional<ContentFamily> form,
    @Key(
            says =
                "The recipients that exist here; others are reported as unknown. Local parts or"
                    + " mailboxes, * for any characters, or O/R attributes such as /S=BOB/. Absent:"
                    + " whoever is next knows.")
        Optional<List<String>> known,
    @Key(
            says =
                "Among routes to one destination the cheapest goes first; the others are taken when"
                    + " its peer does not answer.",
            or = "0",
            min = 0,
            max = 1000)
        int cost,
    @Key(
            says =
                "Content types that the route takes, as numbers, object identifiers or mail; none:"
                    + " all. What a route does not take goes to the next less specific one.")
        List<String> contentTypes,
    @Key(says = "Least content that the route takes.", or = "0 B", min = 0) Size minContent,
    @Key(says = "Most content that the route takes; absent: any.") Optional<Size> maxContent,
    @Key(says = "The most urgent precedence that the route takes.", or = "override")
        Precedence highest,
    @Key(says = "The least urgent precedence that the route takes.", or = "deferred")
        Precedence lowest,
    @Key(says = "What security labels may take the route; absent: all.")
        Optional<ClearanceSettings> clearance,
    @Key(
            says =
                "Deferred delivery: the message is held here until its time, or goes on at once and"
                    + " the next switch holds it.",
            or = "hold")
        Deferred deferred) {

  /** Who holds a message whose delivery is deferred. */
  public enum Deferred {
    HOLD,
    FORWARD
  }

  /** Channels to which a route can lead. */
  public enum Via {
    SMTP,
    P1,
    FILE
  }

  public RouteSettings {
    if (via != Via.FILE && peer.isEmpty()) {
      throw new IllegalArgumentException("a route via " + Keys.constant(via) + " needs a peer");
    }
    contentTypes.forEach(ContentType::parse);
    Destination _ = Destination.parse(to);
  }
}
