package org.heliograph.server.config;

import java.nio.file.Path;
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
    @Key(says = "Addresses on which associations are taken over TLS.")
        List<TlsSettings.Door> secure,
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
    @Key(says = "How long to wait for peers that call us.") Inbound inbound,
    @Key(says = "The systems that messages are exchanged with, each under its name.")
        Map<String, Peer> peers) {

  /** Times of associations that peers open. */
  public record Inbound(
      @Key(says = "How long setting one up may take, all layers together.", or = "1 m", min = 100)
          Duration setUp,
      @Key(
              says =
                  "One that has a transfer under way, of which nothing comes for this time, is aborted.",
              or = "2 m",
              min = 100)
          Duration inactivity,
      @Key(says = "One without a transfer is aborted after this time.", or = "10 m", min = 100)
          Duration idle,
      @Key(
              says =
                  "A transfer of which less than this comes each second, measured over the time of"
                      + " inactivity, is aborted; 0: none is.",
              or = "10",
              min = 0)
          Size minimumRate) {}

  /** How long the transfer of a message to a peer may take. */
  public record TransferTime(
      @Key(says = "For override.", or = "5 m", min = 100) Duration override,
      @Key(says = "For flash.", or = "5 m", min = 100) Duration flash,
      @Key(says = "For immediate.", or = "15 m", min = 100) Duration immediate,
      @Key(says = "For priority.", or = "30 m", min = 100) Duration priority,
      @Key(says = "For routine.", or = "1 h", min = 100) Duration routine,
      @Key(says = "For deferred.", or = "2 h", min = 100) Duration deferred,
      @Key(says = "Each so many octets add a second.", or = "1 KiB", min = 1) Size perSecond) {}

  /** Whether associations are taken at all. */
  public boolean listens() {
    return !listen.isEmpty() || !secure.isEmpty();
  }

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
      @Key(says = "One that is older is released after its transfer.", or = "1 d", min = 100)
          Duration lifetime,
      @Key(says = "How long setting one up may take, all layers together.", or = "1 m", min = 100)
          Duration setUp,
      @Key(
              says = "How long to wait for its confirmations while we transfer.",
              or = "2 m",
              min = 100)
          Duration inactivity,
      @Key(
              says =
                  "How long the transfer of a message may take before it is interrupted, and tried"
                      + " again later.")
          TransferTime transferTime,
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
          int sessionVersion,
      @Key(says = "TLS when we call it; absent: in clear text.") Optional<TlsSettings.Client> tls,
      @Key(says = "From where and how it may call us.") TlsSettings.Admission from) {
    public Peer {
      CallTimes _ = CallTimes.parse(calls);
      requireProofs(ours, theirs);
    }
  }

  static void requireProofs(Optional<Login> ours, Optional<Login> theirs) {
    if (ours.isPresent() && !ours.get().anchors().isEmpty()) {
      throw new IllegalArgumentException("ours has anchors: we sign with keys");
    }
    if (theirs.isPresent() && theirs.get().keys().isPresent()) {
      throw new IllegalArgumentException("theirs has keys: its signature is checked with anchors");
    }
    if (ours.isPresent() && ours.get().keys().isPresent() && theirs.isEmpty()) {
      throw new IllegalArgumentException(
          "ours has keys: a bind token is for somebody, whose MTA name stands under theirs");
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

  /** A name and how it is proved: by a password, or by bind tokens. */
  public record Login(
      @Key(says = "MTA name, 1 to 32 IA5 characters.") String mta,
      @Key(says = "The password, at most 62 octets; absent: bind tokens prove the name.")
          Optional<Secret> password,
      @Key(
              says =
                  "Under ours: key and certificate with which we sign bind tokens (X.411 8.5.8) in"
                      + " the place of a password.")
          Optional<TlsSettings.Keys> keys,
      @Key(
              says =
                  "Under theirs: PEM or DER files of the trust anchors for the certificate with which"
                      + " it signs bind tokens in the place of a password.",
              mustExist = true)
          List<Path> anchors,
      @Key(says = "Under theirs: whose certificate that must be; absent: anybody's.")
          Optional<TlsSettings.Whose> certificate,
      @Key(
              says =
                  "Under theirs: how far the time of a bind token may be from ours. So long it is"
                      + " remembered, and not taken a second time.",
              or = "5 m",
              min = 1000,
              max = 86_400_000)
          Duration window) {
    public Login {
      if (password.isPresent() == (keys.isPresent() || !anchors.isEmpty())) {
        throw new IllegalArgumentException(
            "either a password, or for bind tokens keys (under ours) or anchors (under theirs)");
      }
    }
  }

  /** Selectors of one side, as text or as hexadecimal digits after 0x. */
  public record Selectors(
      @Key(says = "Transport selector, at most 32 octets.") Optional<Selector> transport,
      @Key(says = "Session selector, at most 16 octets.") Optional<Selector> session,
      @Key(says = "Presentation selector, at most 64 octets.") Optional<Selector> presentation) {}
}
