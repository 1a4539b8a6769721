package org.heliograph.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;

/**
 * One message on its way from the wire into a stage. As soon as the message cannot be accepted any
 * more the stage is given back, and what follows is only counted.
 */
final class Intake implements DotUnstuffing.Sink, AutoCloseable {
  private static final int FIRST = 4 * 1024;

  private final Stage stage;
  private final SmtpLimits limits;
  private final DotUnstuffing dots = new DotUnstuffing();
  private final ByteArrayOutputStream header = new ByteArrayOutputStream(FIRST);
  private int last = -1;
  private int beforeLast = -1;
  private boolean headerEnded;
  private boolean headerTooLarge;
  private long octets;
  private Optional<StoreUnavailable> failure = Optional.empty();
  private boolean spoilt;

  /**
   * @param stage closed with this intake
   * @param received the trace field, with which the content begins
   */
  Intake(Stage stage, byte[] received, SmtpLimits limits) throws StoreUnavailable {
    this.stage = stage;
    this.limits = limits;
    stage.write(ByteBuffer.wrap(received));
  }

  /** Takes octets; returns whether the message has ended. */
  boolean take(ByteBuffer in) {
    boolean ended = dots.take(in, this);
    if (!spoilt && verdict().isPresent()) {
      spoilt = true;
      stage.close();
    }
    return ended;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    octets += length;
    if (length == 0 || spoilt || failure.isPresent() || octets > limits.messageOctets()) {
      return;
    }
    if (!headerEnded) {
      collect(from, offset, length);
    }
    try {
      stage.write(ByteBuffer.wrap(from, offset, length));
    } catch (StoreUnavailable e) {
      failure = Optional.of(e);
    }
  }

  /** Keeps the header: all up to an empty line. */
  private void collect(byte[] from, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end && !headerEnded) {
      byte octet = from[at++];
      headerEnded = octet == '\n' && last == '\r' && (beforeLast == '\n' || beforeLast < 0);
      beforeLast = last;
      last = octet;
    }
    header.write(from, offset, at - offset);
    if (header.size() > limits.headerOctets()) {
      headerTooLarge = true;
      headerEnded = true;
    }
  }

  /** Whether so much has come that waiting for the end is a waste. */
  boolean hopeless() {
    return octets > 2 * limits.messageOctets();
  }

  boolean eightBit() {
    return dots.eightBit();
  }

  /** Why the message cannot be accepted, by what has come so far. */
  Optional<Refused> verdict() {
    if (dots.bareLineFeed() || dots.bareCarriageReturn()) {
      return Optional.of(
          new Refused(
              550,
              "5.6.11",
              (dots.bareLineFeed() ? "LF without CR" : "CR without LF")
                  + " in the message; lines end in CRLF (RFC 5321 2.3.8); nothing was accepted"));
    }
    if (dots.nul()) {
      return Optional.of(new Refused(554, "5.6.0", "NUL in the message (RFC 6152 3)"));
    }
    if (octets > limits.messageOctets()) {
      return Optional.of(
          new Refused(552, "5.3.4", "message of more than " + limits.messageOctets() + " octets"));
    }
    if (dots.longest() > limits.lineOctets()) {
      return Optional.of(
          new Refused(554, "5.6.0", "a line of more than " + limits.lineOctets() + " octets"));
    }
    if (headerTooLarge) {
      return Optional.of(
          new Refused(552, "5.3.4", "a header of more than " + limits.headerOctets() + " octets"));
    }
    return failure.map(f -> new Refused(452, "4.3.1", "no room for messages now; try later"));
  }

  /** What the header says. */
  HeaderFacts facts() throws Refused {
    try {
      HeaderFacts facts = HeaderFacts.read(header.toByteArray(), limits.headerOctets() + FIRST);
      if (facts.received() > limits.hops()) {
        throw new Refused(
            554, "5.4.6", "loop: " + facts.received() + " Received fields (RFC 5321 6.3)");
      }
      return facts;
    } catch (MailSyntaxException e) {
      throw new Refused(552, "5.3.4", "header: " + e.getMessage());
    }
  }

  /** The content, sealed; only of a message without a verdict against it. */
  ContentRef seal() throws StoreUnavailable {
    return stage.seal();
  }

  @Override
  public void close() {
    stage.close();
  }
}
