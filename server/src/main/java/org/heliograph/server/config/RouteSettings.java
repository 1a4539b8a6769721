package org.heliograph.server.config;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.ContentFamily;

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
                    + " (protected). Absent: mail by smtp, x400 by p1 and file.")
        Optional<ContentFamily> form,
    @Key(
            says =
                "The recipients that exist here; others are reported as unknown. Local parts or"
                    + " mailboxes, * for any characters, or O/R attributes such as /S=BOB/. Absent:"
                    + " whoever is next knows.")
        Optional<List<String>> known) {

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
  }
}
