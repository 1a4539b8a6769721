package org.heliograph.smtp;

import java.time.Duration;

/**
 * What the server puts up with.
 *
 * @param messageOctets largest message, as SIZE announces it (RFC 1870)
 * @param recipients most recipients of one message; RFC 5321 4.5.3.1.8 asks for at least 100
 * @param commandOctets longest command line with its CRLF; RFC 5321 4.5.3.1.4 asks for 512, DSN and
 *     gateway addresses need more
 * @param lineOctets longest line of a message with its CRLF; RFC 5321 4.5.3.1.6 asks for 1000
 * @param headerOctets largest header of a message
 * @param hops most Received: fields; more is a loop (RFC 5321 6.3 asks for at least 100)
 * @param commands most commands between two accepted messages
 * @param errors most refused commands of one connection
 * @param connections most connections at one time
 * @param connectionsPerPeer most connections at one time from one address
 * @param idle how long a client may say nothing (RFC 5321 4.5.3.2.7 asks for five minutes)
 * @param leastRate octets per second that a message must come with, measured over half a minute; 0
 *     asks for none
 */
public record SmtpLimits(
    long messageOctets,
    int recipients,
    int commandOctets,
    int lineOctets,
    int headerOctets,
    int hops,
    int commands,
    int errors,
    int connections,
    int connectionsPerPeer,
    Duration idle,
    long leastRate) {
  /** 100 MiB, 1000 recipients, 200 connections (100 per address), five minutes. */
  public static final SmtpLimits DEFAULT =
      new SmtpLimits(
          100L * 1024 * 1024,
          1000,
          4096,
          16 * 1024,
          256 * 1024,
          100,
          10_000,
          20,
          200,
          100,
          Duration.ofMinutes(5),
          2);

  public SmtpLimits {
    if (messageOctets < 1024
        || recipients < 1
        || commandOctets < 512
        || lineOctets < 1000
        || headerOctets < 1000
        || hops < 1
        || commands < 1
        || errors < 1
        || leastRate < 0) {
      throw new IllegalArgumentException("a limit below what RFC 5321 4.5.3.1 asks for");
    }
  }

  public SmtpLimits withMessageOctets(long value) {
    return new SmtpLimits(
        value,
        recipients,
        commandOctets,
        lineOctets,
        headerOctets,
        hops,
        commands,
        errors,
        connections,
        connectionsPerPeer,
        idle,
        leastRate);
  }

  public SmtpLimits withRecipients(int value) {
    return new SmtpLimits(
        messageOctets,
        value,
        commandOctets,
        lineOctets,
        headerOctets,
        hops,
        commands,
        errors,
        connections,
        connectionsPerPeer,
        idle,
        leastRate);
  }

  public SmtpLimits withConnections(int inAll, int perPeer) {
    return new SmtpLimits(
        messageOctets,
        recipients,
        commandOctets,
        lineOctets,
        headerOctets,
        hops,
        commands,
        errors,
        inAll,
        perPeer,
        idle,
        leastRate);
  }

  public SmtpLimits withIdle(Duration value) {
    return new SmtpLimits(
        messageOctets,
        recipients,
        commandOctets,
        lineOctets,
        headerOctets,
        hops,
        commands,
        errors,
        connections,
        connectionsPerPeer,
        value,
        leastRate);
  }
}
