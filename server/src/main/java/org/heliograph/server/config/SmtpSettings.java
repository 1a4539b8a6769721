package org.heliograph.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.wire.Network;

/** Internet mail. */
public record SmtpSettings(
    @Key(says = "Where the switch listens.") List<Listener> listen,
    @Key(says = "The systems it sends to, each under its name.") Map<String, Peer> peers) {

  /** An address on which mail is taken. */
  public record Listener(
      @Key(says = "Address and port; port 0 takes a free one.") Endpoint address,
      @Key(
              says =
                  "Networks in CIDR notation whose hosts may send to any recipient that has a route."
                      + " Others are refused.",
              or = "[\"127.0.0.0/8\", \"::1/128\"]")
          List<Network> relayFrom,
      @Key(
              says =
                  "Mail domains for which anybody may send here, each exactly or with its subdomains"
                      + " as .example.org.")
          List<String> acceptFor,
      @Key(says = "Largest message.", or = "100 MiB", min = 1024) Size maxMessage,
      @Key(says = "Most recipients of one message.", or = "1000", min = 1, max = 100_000)
          int maxRecipients,
      @Key(says = "Most connections at one time.", or = "200", min = 1, max = 100_000)
          int maxConnections,
      @Key(says = "A connection that says nothing for so long is closed.", or = "5 m", min = 1000)
          Duration idle,
      @Key(says = "Certificate and key for STARTTLS; absent: STARTTLS is not offered.")
          Optional<Tls> tls) {}

  /** A system to which mail goes. */
  public record Peer(
      @Key(says = "Its address and port.") Endpoint address,
      @Key(says = "Most connections to it at one time.", or = "8", min = 1, max = 1000)
          int connections,
      @Key(says = "Most recipients of one transaction.", or = "100", min = 1, max = 100_000)
          int recipients,
      @Key(says = "Most messages over one connection.", or = "1000", min = 1)
          int messagesPerConnection,
      @Key(says = "How long a connection without work is kept.", or = "5 s", min = 0) Duration park,
      @Key(says = "Whether STARTTLS is used: never, when it is offered, or always.", or = "offered")
          StartTls starttls,
      @Key(
              says =
                  "PEM or DER files of the trust anchors for its certificate where STARTTLS is always"
                      + " used; none: those of the Java installation.",
              mustExist = true)
          List<Path> anchors,
      @Key(says = "Whether its certificate must carry the host of its address.", or = "true")
          boolean verifyName,
      @Key(says = "How long to wait for the connection.", or = "30 s", min = 100) Duration connect,
      @Key(says = "How long to wait for an answer.", or = "5 m", min = 100) Duration answer) {}

  /** Use of STARTTLS towards a peer. */
  public enum StartTls {
    NEVER,
    OFFERED,
    ALWAYS
  }

  /** Key and certificate of a listener. */
  public record Tls(
      @Key(says = "PKCS#12 file with key and certificate chain.", mustExist = true) Path keys,
      @Key(says = "Its password.") Secret password) {}
}
