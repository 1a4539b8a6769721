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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a message by SMTP. */
@Command(
    name = "send",
    description = {
      "Submits a message (RFC 5322) by SMTP; with x400 it transfers one to an MTA by P1."
    },
    mixinStandardHelpOptions = true,
    subcommands = {SendX400Command.class},
    footer = {
      "",
      "Example: ./heliograph send x400 --peer mod.conf --to 'S=Smith; O=HQ; P=MOD; A=; C=GB' --text Hello",
      "Example: ./heliograph send --to 127.0.0.1:2525 --from me@alpha.example"
          + " --recipient you@bravo.example --notify SUCCESS,FAILURE message.eml"
    })
@SuppressWarnings("NullAway.Init")
final class SendCommand implements Callable<Integer> {
  @Option(names = "--to", paramLabel = "HOST:PORT", description = "The mail server.")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "MAILBOX",
      description = "Envelope sender; absent: the null one.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--recipient", paramLabel = "MAILBOX", description = "Again for each.")
  private List<String> recipients = List.of();

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
    if (server.isEmpty() || recipients.isEmpty()) {
      // Not marked as required: x400, which shares this verb, has no use for them.
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "by SMTP: say --to HOST:PORT and --recipient MAILBOX; by P1: send x400");
    }
    byte[] content = file.isPresent() ? Files.readAllBytes(file.get()) : System.in.readAllBytes();
    try (MailSender sender =
        MailSender.connect(
            Endpoint.parse(server.get()).socketAddress(), "localhost", Duration.ofSeconds(60))) {
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
