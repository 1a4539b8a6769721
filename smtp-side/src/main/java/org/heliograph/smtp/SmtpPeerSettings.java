package org.heliograph.smtp;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A system that mail goes to, and how.
 *
 * @param host name or address; looked up when a connection is made
 * @param port for example 25
 * @param greeting our name in EHLO
 * @param protocol SMTP, or LMTP for a system that delivers
 * @param tls use of STARTTLS
 * @param context anchors and, if the peer wants one, our key; must be there when TLS is required.
 *     Without it opportunistic TLS trusts every certificate (RFC 7435)
 * @param verifyName whether the peer's certificate must carry {@code host} (RFC 6125); only where
 *     TLS is required
 * @param eightBit what to do with 8-bit content where the peer lacks 8BITMIME
 * @param recipients most recipients in one transaction; a message for more goes in several
 * @param messages most messages over one connection
 * @param parked most unused connections that are kept
 * @param park how long an unused connection is kept
 * @param connect how long to wait for a connection, and for TLS
 * @param answer how long to wait for an answer (RFC 5321 4.5.3.2: five minutes)
 * @param finalAnswer how long to wait for the answer to the end of a message (RFC 5321 4.5.3.2.6:
 *     ten minutes)
 */
public record SmtpPeerSettings(
    String host,
    int port,
    String greeting,
    Protocol protocol,
    TlsPolicy tls,
    Optional<SSLContext> context,
    boolean verifyName,
    EightBit eightBit,
    int recipients,
    int messages,
    int parked,
    Duration park,
    Duration connect,
    Duration answer,
    Duration finalAnswer) {

  /** What is spoken. */
  public enum Protocol {
    SMTP,
    /** RFC 2033: each recipient has an answer of its own after the content. */
    LMTP
  }

  /** Use of STARTTLS (RFC 3207). */
  public enum TlsPolicy {
    NONE,
    /** When it is offered; in the clear when it is not, or fails. */
    OPPORTUNISTIC,
    /** Always: without TLS nothing is sent. */
    REQUIRED
  }

  /** What to do with 8-bit content where the peer lacks 8BITMIME (RFC 6152 3). */
  public enum EightBit {
    /** The recipients fail with 5.6.3. */
    REFUSE,
    /** It is sent all the same, as configured. */
    SEND
  }

  public SmtpPeerSettings {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
    }
    if (recipients < 1 || messages < 1 || parked < 0) {
      throw new IllegalArgumentException("recipients and messages start at 1, parked at 0");
    }
    if (tls == TlsPolicy.REQUIRED && context.isEmpty()) {
      throw new IllegalArgumentException(
          "TLS to " + host + " is required, but nothing says whom to trust");
    }
  }

  /** In the clear, 100 recipients at a time, eight parked connections, the RFC's time-outs. */
  public static SmtpPeerSettings at(String host, int port, String greeting) {
    return new SmtpPeerSettings(
        host,
        port,
        greeting,
        Protocol.SMTP,
        TlsPolicy.NONE,
        Optional.empty(),
        false,
        EightBit.REFUSE,
        100,
        1000,
        8,
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10));
  }

  public SmtpPeerSettings withTls(TlsPolicy policy, SSLContext anchors, boolean name) {
    return changed(
        p -> {
          p.tls = policy;
          p.context = Optional.of(anchors);
          p.verifyName = name;
        });
  }

  /** STARTTLS when it is offered, with whatever certificate. */
  public SmtpPeerSettings withOpportunisticTls() {
    return changed(
        p -> {
          p.tls = TlsPolicy.OPPORTUNISTIC;
          p.context = Optional.empty();
          p.verifyName = false;
        });
  }

  public SmtpPeerSettings withProtocol(Protocol other) {
    return changed(p -> p.protocol = other);
  }

  public SmtpPeerSettings withEightBit(EightBit other) {
    return changed(p -> p.eightBit = other);
  }

  /** Reuse: recipients of one transaction, messages of one connection, parked connections. */
  public SmtpPeerSettings withReuse(
      int recipientsAtOnce, int messagesEach, int keep, Duration time) {
    return changed(
        p -> {
          p.recipients = recipientsAtOnce;
          p.messages = messagesEach;
          p.parked = keep;
          p.park = time;
        });
  }

  public SmtpPeerSettings withTimeouts(Duration connecting, Duration answering, Duration ending) {
    return changed(
        p -> {
          p.connect = connecting;
          p.answer = answering;
          p.finalAnswer = ending;
        });
  }

  /** A copy with other values in the fields that a change names. */
  private SmtpPeerSettings changed(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.whole();
  }

  private static final class Parts {
    private String host;
    private int port;
    private String greeting;
    private Protocol protocol;
    private TlsPolicy tls;
    private Optional<SSLContext> context;
    private boolean verifyName;
    private EightBit eightBit;
    private int recipients;
    private int messages;
    private int parked;
    private Duration park;
    private Duration connect;
    private Duration answer;
    private Duration finalAnswer;

    Parts(SmtpPeerSettings from) {
      host = from.host;
      port = from.port;
      greeting = from.greeting;
      protocol = from.protocol;
      tls = from.tls;
      context = from.context;
      verifyName = from.verifyName;
      eightBit = from.eightBit;
      recipients = from.recipients;
      messages = from.messages;
      parked = from.parked;
      park = from.park;
      connect = from.connect;
      answer = from.answer;
      finalAnswer = from.finalAnswer;
    }

    SmtpPeerSettings whole() {
      return new SmtpPeerSettings(
          host,
          port,
          greeting,
          protocol,
          tls,
          context,
          verifyName,
          eightBit,
          recipients,
          messages,
          parked,
          park,
          connect,
          answer,
          finalAnswer);
    }
  }
}
