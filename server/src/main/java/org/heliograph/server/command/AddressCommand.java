package org.heliograph.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.heliograph.mixer.AddressMapper;
import org.heliograph.mixer.AddressMappingException;
import org.heliograph.mixer.Mapped;
import org.heliograph.mixer.StdOr;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Gateway;
import org.heliograph.server.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Maps addresses as the gateway does. */
@Command(
    name = "address",
    description = "Maps an address as the gateway does (RFC 2156 4.3), and says by which rule.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "to-x400|to-rfc822",
    footer = {"", "Example: ./heliograph address to-x400 -c alpha.conf bob@bravo.example"})
@SuppressWarnings("NullAway.Init")
final class AddressCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say which way: to-x400 or to-rfc822");
  }

  @Command(
      name = "to-x400",
      description = "A mailbox as an O/R address.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./heliograph address to-x400 -c alpha.conf bob@bravo.example"})
  int toX400(
      @Option(
              names = {"-c", "--config"},
              required = true,
              paramLabel = "FILE",
              description = "Map as the switch with this configuration.")
          Path file,
      @Option(names = "--json", description = "Print the answer as one JSON object.") boolean json,
      @Parameters(paramLabel = "MAILBOX", description = "Such as bob@bravo.example.")
          String mailbox)
      throws ConfigurationException, IOException, CommandFailed {
    try {
      Mapped<OrAddress> mapped = mapper(file).toX400(Mailbox.parse(mailbox));
      return print(mapped.value().display(), mapped.rule(), json);
    } catch (AddressMappingException | IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  @Command(
      name = "to-rfc822",
      description = "An O/R address in the form /S=Bob/PRMD=BRAVO/ADMD= /C=XX/ as a mailbox.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph address to-rfc822 -c alpha.conf '/S=Bob/PRMD=BRAVO/ADMD= /C=XX/'"
      })
  int toRfc822(
      @Option(
              names = {"-c", "--config"},
              required = true,
              paramLabel = "FILE",
              description = "Map as the switch with this configuration.")
          Path file,
      @Option(names = "--json", description = "Print the answer as one JSON object.") boolean json,
      @Parameters(paramLabel = "O/R ADDRESS", description = "With a slash before each attribute.")
          String address)
      throws ConfigurationException, IOException, CommandFailed {
    try {
      Mapped<Mailbox> mapped = mapper(file).toRfc822(StdOr.parse(address));
      return print(mapped.value().text(), mapped.rule(), json);
    } catch (AddressMappingException | IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private static AddressMapper mapper(Path file) throws ConfigurationException, IOException {
    return Gateway.addresses(ConfigurationFile.read(file));
  }

  private int print(String address, String rule, boolean json) {
    spec.commandLine()
        .getOut()
        .println(
            json ? Json.write(Map.of("address", address, "rule", rule)) : address + "\nby " + rule);
    return 0;
  }
}
