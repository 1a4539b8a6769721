package org.heliograph.server.mailboxes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.heliograph.model.Mailbox;
import org.heliograph.smtp.SmtpPolicy;
import org.heliograph.smtp.SmtpServer;
import org.heliograph.smtp.SmtpServerSettings;
import org.heliograph.wire.Network;
import org.heliograph.wire.Wire;

/** The mailbox server: SMTP in, files out. */
public final class MailboxServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Wire wire;
  private final SmtpServer server;
  private final Reporter reporter;

  private MailboxServer(Wire wire, SmtpServer server, Reporter reporter) {
    this.wire = wire;
    this.server = server;
    this.reporter = reporter;
  }

  /**
   * Starts one.
   *
   * @param directory where messages are kept
   * @param listen port 0 takes a free one
   * @param host our name
   * @param mailboxes those there are, each with the switch that its delivery reports go through
   */
  public static MailboxServer start(
      Path directory,
      InetSocketAddress listen,
      String host,
      Map<Mailbox, InetSocketAddress> mailboxes)
      throws IOException {
    Reporter reporter = new Reporter(host, mailboxes);
    Mailboxes boxes = new Mailboxes(directory, mailboxes.keySet(), reporter::delivered);
    List<String> domains = mailboxes.keySet().stream().map(Mailbox::domain).toList();
    Wire wire = new Wire();
    SmtpServerSettings settings =
        SmtpServerSettings.at(listen, host)
            .withRelayFrom(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128")));
    SmtpPolicy policy = SmtpPolicy.closed().withAcceptFor(domains::contains);
    SmtpServer server = new SmtpServer(wire, settings, policy, boxes, InstantSource.system());
    server.start();
    return new MailboxServer(wire, server, reporter);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close(PATIENCE);
    reporter.close();
    wire.close();
  }
}
