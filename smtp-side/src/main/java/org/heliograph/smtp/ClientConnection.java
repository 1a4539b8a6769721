package org.heliograph.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.heliograph.model.Failure;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.SmtpCode;
import org.heliograph.smtp.SmtpPeerSettings.Protocol;
import org.heliograph.smtp.SmtpPeerSettings.TlsPolicy;
import org.heliograph.wire.ConnectSettings;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Tls;
import org.heliograph.wire.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on which a server has greeted us and said what it offers, under TLS where that is
 * wanted. For one thread at a time.
 */
final class ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final SSLContext ANY = AnyCertificate.context();

  private final Connection connection;
  private final SmtpPeerSettings settings;
  private final Incoming in;
  private Offers offers = Offers.none();
  private int messages;
  private boolean broken;

  private ClientConnection(Connection connection, SmtpPeerSettings settings) {
    this.connection = connection;
    this.settings = settings;
    this.in = new Incoming(connection, () -> {});
  }

  /** Connects, greets, and begins TLS as the settings say; tries each address of the host. */
  static ClientConnection open(Wire wire, SmtpPeerSettings settings) throws PeerUnavailable {
    IOException last = new IOException("no address of " + settings.host());
    try {
      for (InetAddress address : InetAddress.getAllByName(settings.host())) {
        InetSocketAddress at = new InetSocketAddress(address, settings.port());
        try {
          return greeted(wire, settings, at, settings.tls() != TlsPolicy.NONE);
        } catch (IOException e) {
          last = e;
        }
      }
    } catch (IOException e) {
      last = new IOException("the address of " + settings.host() + " is not known now", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last = new IOException("interrupted while connecting");
    }
    throw new PeerUnavailable(
        Failure.of(
                Failure.Cause.PEER_UNAVAILABLE,
                settings.host() + ":" + settings.port() + ": " + last.getMessage())
            .withSmtp(new SmtpCode(451, "4.4.1")),
        last);
  }

  private static ClientConnection greeted(
      Wire wire, SmtpPeerSettings settings, InetSocketAddress at, boolean tls)
      throws IOException, InterruptedException {
    Connection connection = wire.connect(ConnectSettings.to(at, settings.connect()));
    ClientConnection client = new ClientConnection(connection, settings);
    boolean fine = false;
    try {
      client.greet();
      fine = !tls || client.secure();
      if (fine) {
        return client;
      }
    } finally {
      if (!fine) {
        connection.abort();
      }
    }
    LOG.info("{}: TLS failed; going on in the clear, as configured", settings.host());
    return greeted(wire, settings, at, false);
  }

  private void greet() throws IOException, InterruptedException {
    Reply greeting = Reply.read(in, settings.answer());
    if (greeting.code() != 220) {
      throw new IOException("it greets with: " + greeting);
    }
    hello();
  }

  private void hello() throws IOException, InterruptedException {
    boolean lmtp = settings.protocol() == Protocol.LMTP;
    Reply reply = command((lmtp ? "LHLO " : "EHLO ") + settings.greeting());
    if (reply.permanent() && !lmtp) {
      reply = command("HELO " + settings.greeting());
      offers = Offers.none();
    } else {
      offers = Offers.of(reply);
    }
    if (!reply.positive()) {
      throw new IOException("it does not want us: " + reply);
    }
  }

  /** Begins TLS. Returns false if it failed where it is only an opportunity. */
  private boolean secure() throws IOException, InterruptedException {
    boolean required = settings.tls() == TlsPolicy.REQUIRED;
    if (!offers.has("STARTTLS")) {
      return unsecured(required, "it does not offer STARTTLS");
    }
    Reply reply = command("STARTTLS");
    if (!reply.positive()) {
      return unsecured(required, "it refuses STARTTLS: " + reply);
    }
    Optional<String> name =
        required && settings.verifyName() ? Optional.of(settings.host()) : Optional.empty();
    try {
      if (in.pending()) {
        throw new IOException("it sent clear text behind its answer to STARTTLS");
      }
      connection.startTls(
          Tls.client(settings.context().orElse(ANY), name),
          ByteBuffer.allocate(0),
          settings.connect());
    } catch (IOException e) {
      if (required) {
        throw e;
      }
      LOG.info("{}: {}", settings.host(), e.getMessage());
      return false;
    }
    hello();
    return true;
  }

  private boolean unsecured(boolean required, String why) throws IOException {
    if (required) {
      throw new IOException(why + ", and TLS is required");
    }
    return true;
  }

  Offers offers() {
    return offers;
  }

  /** Whether TLS protects it. */
  boolean secured() {
    return connection.tls().isPresent();
  }

  /** Sends a command and waits for its answer. */
  Reply command(String line) throws IOException, InterruptedException {
    send(line + "\r\n");
    return answer();
  }

  /** Sends lines, each with its CRLF. */
  void send(String lines) throws IOException, InterruptedException {
    send(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends octets, which are the connection's from now on. */
  void send(ByteBuffer octets) throws IOException, InterruptedException {
    try {
      connection.write(octets);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  Reply answer() throws IOException, InterruptedException {
    return answer(settings.answer());
  }

  /** The next answer; without one, or with 421, the connection is good for nothing more. */
  Reply answer(Duration patience) throws IOException, InterruptedException {
    try {
      Reply reply = Reply.read(in, patience);
      broken |= reply.code() == 421;
      return reply;
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  void countMessage() {
    messages++;
  }

  boolean used() {
    return messages > 0;
  }

  boolean usable() {
    return !broken && messages < settings.messages() && connection.open();
  }

  /** Whether it can be used after it has been left alone. */
  boolean stillQuiet() {
    try {
      return usable() && in.quiet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Cuts the connection, so that the peer cannot take what it has for a whole message. */
  void abort() {
    broken = true;
    connection.abort();
  }

  /** Says QUIT where that can be said, and closes; waits a moment for the answer. */
  void quit() {
    try {
      if (!broken && connection.open()) {
        connection.write(ByteBuffer.wrap("QUIT\r\n".getBytes(StandardCharsets.US_ASCII)));
        Reply.read(in, FAREWELL);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", settings.host(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.abort();
  }
}
