package org.heliograph.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.heliograph.model.Mailbox;
import org.heliograph.server.config.Endpoint;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a message by SMTP. */
@Command(
    name = "send",
    description = "Submits a message (RFC 5322) by SMTP.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./heliograph send --to 127.0.0.1:2525 --from me@alpha.example"
          + " --recipient you@bravo.example --notify SUCCESS,FAILURE message.eml"
    })
@SuppressWarnings("NullAway.Init")
final class SendCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The mail server.")
  private String server;

  @Option(
      names = "--from",
      paramLabel = "MAILBOX",
      description = "Envelope sender; absent: the null one.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--recipient",
      required = true,
      paramLabel = "MAILBOX",
      description = "Again for each.")
  private List<String> recipients;

  @Option(
      names = "--notify",
      paramLabel = "EVENTS",
      description = "NEVER, or some of SUCCESS, FAILURE, DELAY with commas between.")
  private Optional<String> notify = Optional.empty();

  @Option(names = "--envid", paramLabel = "ID", description = "Comes back in reports.")
  private Optional<String> envelopeId = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The message; absent: standard input.")
  private Optional<Path> file = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailed {
    byte[] content = file.isPresent() ? Files.readAllBytes(file.get()) : System.in.readAllBytes();
    try (MailSender sender =
        MailSender.connect(
            Endpoint.parse(server).socketAddress(), "localhost", Duration.ofSeconds(60))) {
      if (notify.isPresent() && !sender.offersDsn()) {
        throw new CommandFailed("the server offers no DSN; leave out --notify");
      }
      String said =
          sender.send(
              new Outgoing(
                  from.map(Mailbox::parse),
                  recipients.stream().map(Mailbox::parse).toList(),
                  canonical(content),
                  notify,
                  envelopeId));
      spec.commandLine().getOut().println("accepted: " + said.strip());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** With CRLF line ends, as RFC 5321 wants them and files seldom have them. */
  private static byte[] canonical(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
