package org.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** X.400 transfer (P1) over RFC 1006. */
public record P1Settings(
    @Key(says = "Addresses on which associations are taken; port 0 takes a free one.")
        List<Endpoint> listen,
    @Key(says = "Our own transport selector, as text or as hexadecimal digits after 0x.")
        Optional<String> tsel,
    @Key(says = "The systems that messages are exchanged with, each under its name.")
        Map<String, Peer> peers) {

  /** A system with which messages are exchanged. */
  public record Peer(
      @Key(says = "Where to call it; absent: it only calls us.") Optional<Endpoint> address,
      @Key(says = "The MTA name that it gives in its bind.") String mta,
      @Key(says = "The password that it gives; absent: none is expected.")
          Optional<Secret> password,
      @Key(says = "The MTA name that we give in ours; absent: domain.mta.") Optional<String> ourMta,
      @Key(says = "The password that we give.") Optional<Secret> ourPassword,
      @Key(says = "Called transport selector, as text or as hexadecimal digits after 0x.")
          Optional<String> tsel,
      @Key(says = "Called session selector.") Optional<String> ssel,
      @Key(says = "Called presentation selector.") Optional<String> psel,
      @Key(says = "Most associations that we make to it.", or = "2", min = 1, max = 64)
          int associations,
      @Key(says = "An association without work is closed after this time.", or = "1 m", min = 100)
          Duration idle,
      @Key(
              says = "Checkpoint size in KiB; 0: one RTTR carries the whole APDU.",
              or = "16",
              min = 0,
              max = 65_535)
          int checkpointKib,
      @Key(says = "Checkpoints sent without confirmation.", or = "3", min = 1, max = 100)
          int window) {}
}
