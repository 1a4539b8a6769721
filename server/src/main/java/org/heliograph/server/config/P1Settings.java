package org.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Precedence;
import org.heliograph.queue.CallTimes;

/** X.400 transfer (P1) over RFC 1006. */
public record P1Settings(
    @Key(says = "Addresses on which associations are taken; port 0 takes a free one.")
        List<Endpoint> listen,
    @Key(
            says = "Most associations at one time, all peers together.",
            or = "200",
            min = 1,
            max = 100_000)
        int maxAssociations,
    @Key(
            says = "How long a transfer that broke while it came in can go on where it broke.",
            or = "1 d",
            min = 1000)
        Duration resumeFor,
    @Key(
            says =
                "Most such transfers that are kept of one peer; the oldest has to start over when"
                    + " there are more.",
            or = "16",
            min = 0,
            max = 10_000)
        int resumeTransfers,
    @Key(says = "Most content of such transfers that is kept of one peer.", or = "16 GiB", min = 0)
        Size resumeSize,
    @Key(says = "The systems that messages are exchanged with, each under its name.")
        Map<String, Peer> peers) {

  /** A system with which messages are exchanged. */
  public record Peer(
      @Key(says = "Where to call it, tried in order; none: it only calls us.")
          List<Endpoint> addresses,
      @Key(
              says =
                  "The MTA name and password that it gives when it binds; absent: it binds without,"
                      + " from its addresses only.")
          Optional<Login> theirs,
      @Key(says = "The MTA name and password that we give; absent: we bind without.")
          Optional<Login> ours,
      @Key(says = "Our selectors when we call it.") Selectors calling,
      @Key(says = "Its selectors; many switches tell who calls by the transport selector.")
          Selectors called,
      @Key(says = "Most associations that we make to it.", or = "4", min = 0, max = 1000)
          int associations,
      @Key(
              says =
                  "How many of them are kept for what is urgent; one at least is always for all.",
              or = "1",
              min = 0,
              max = 1000)
          int reserved,
      @Key(says = "The lowest precedence that may take the reserved ones.", or = "flash")
          Precedence reservedFrom,
      @Key(
              says =
                  "A transfer below that precedence with more than this left is interrupted when"
                      + " something urgent finds no association.",
              or = "256 KiB",
              min = 0)
          Size interruptAbove,
      @Key(
              says =
                  "When we call it, in UTC, such as mon-fri 08:00-18:00 or daily 22:00-04:00; none:"
                      + " at any time. Messages for it wait until then; what has begun is finished.")
          List<String> calls,
      @Key(
              says =
                  "The lowest precedence for which we call it at any time; absent: we call it at"
                      + " those times only.")
          Optional<Precedence> callsAnytimeFrom,
      @Key(says = "Most associations that it may make to us.", or = "16", min = 0, max = 1000)
          int inboundAssociations,
      @Key(says = "Largest content either way; absent: any size.") Optional<Size> maxContent,
      @Key(
              says = "An association of ours without work is released after this time.",
              or = "1 m",
              min = 100)
          Duration idle,
      @Key(
              says = "Checkpoint size that we propose; 0: one RTTR carries the whole APDU.",
              or = "256 KiB",
              min = 0,
              max = 1 << 30)
          Size checkpoint,
      @Key(
              says = "Checkpoints without confirmation that we propose.",
              or = "4",
              min = 1,
              max = 1024)
          int window,
      @Key(
              says =
                  "What becomes of an APDU that came in whole and cannot be decoded: its octets are"
                      + " kept and the link goes on, or the transfer is refused for good.",
              or = "quarantine")
          Undecodable undecodable,
      @Key(
              says =
                  "How we call it: in normal mode; as X.410-1984 with application protocol 12 (P1"
                      + " of 1988) or 1 (P1 of 1984); or auto, one after the other until it takes"
                      + " one. How it calls us it decides itself.",
              or = "normal")
          Mode mode,
      @Key(says = "What was agreed on with its domain.") AgreementSettings agreement,
      @Key(
              says =
                  "Highest version of the session protocol that we propose; 1 for peers that"
                      + " stumble over more, which then get binds of at most 512 octets.",
              or = "2",
              min = 1,
              max = 2)
          int sessionVersion) {
    public Peer {
      CallTimes _ = CallTimes.parse(calls);
    }
  }

  /** How a peer is called. */
  public enum Mode {
    NORMAL,
    X410_12,
    X410_1,
    AUTO
  }

  /** What becomes of what cannot be decoded. */
  public enum Undecodable {
    QUARANTINE,
    REFUSE
  }

  /** A name with its password. */
  public record Login(
      @Key(says = "MTA name, 1 to 32 IA5 characters.") String mta,
      @Key(says = "The password, at most 62 octets.") Secret password) {}

  /** Selectors of one side, as text or as hexadecimal digits after 0x. */
  public record Selectors(
      @Key(says = "Transport selector, at most 32 octets.") Optional<Selector> transport,
      @Key(says = "Session selector, at most 16 octets.") Optional<Selector> session,
      @Key(says = "Presentation selector, at most 64 octets.") Optional<Selector> presentation) {}
}
