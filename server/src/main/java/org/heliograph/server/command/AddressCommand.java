package org.heliograph.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.heliograph.mixer.AddressMapper;
import org.heliograph.mixer.AddressMappingException;
import org.heliograph.mixer.Mapped;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrForm;
import org.heliograph.model.OrText;
import org.heliograph.model.OrTextException;
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
    description = {
      "Reads an O/R address and shows its text forms, or maps an address as the gateway does (RFC"
          + " 2156 4.3) and says by which rule."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "show|to-x400|to-rfc822",
    footer = {
      "",
      "Example: ./heliograph address show 'G=Anna; S=Smith; O=HQ; P=MOD; A=; C=GB'",
      "Example: ./heliograph address to-x400 -c alpha.conf bob@bravo.example"
    })
@SuppressWarnings("NullAway.Init")
final class AddressCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what: show, to-x400 or to-rfc822");
  }

  @Command(
      name = "show",
      description =
          "An O/R address in every text form, and which form of address it is (X.402 18.5).",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph address show 'G=Anna; S=Smith; O=HQ; P=MOD; A=; C=GB'",
        "Forms that are read: with semicolons (X.402 annex F), with slashes (RFC 2156), both with the",
        "labels of either. VALUE*TELETEX*UNIVERSAL are the variants of one value."
      })
  int show(
      @Option(names = "--json", description = "Print the answer as one JSON object.") boolean json,
      @Parameters(paramLabel = "O/R ADDRESS", description = "In any of the text forms.")
          String text)
      throws CommandFailed {
    OrAddress address = read(text);
    Map<String, String> shown = new TreeMap<>();
    shown.put("semicolons", OrText.semicolons(address));
    shown.put("labelled", OrText.labelled(address));
    try {
      shown.put("std-or", OrText.stdOr(address));
    } catch (OrTextException e) {
      shown.put("std-or", "none: " + e.getMessage());
    }
    try {
      shown.put("form", OrForm.require(address).name().toLowerCase(Locale.ROOT));
    } catch (OrTextException e) {
      shown.put("form", "none: " + e.getMessage());
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(shown));
    } else {
      shown.forEach((key, value) -> spec.commandLine().getOut().println(key + ": " + value));
    }
    return OrForm.of(address).isPresent() ? 0 : 1;
  }

  private static OrAddress read(String text) throws CommandFailed {
    try {
      return OrText.parse(text);
    } catch (OrTextException e) {
      throw new CommandFailed("no O/R address: " + e.getMessage(), e);
    }
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
      description = "An O/R address as a mailbox.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph address to-rfc822 -c alpha.conf 'S=Bob; P=BRAVO; A=; C=XX'"
      })
  int toRfc822(
      @Option(
              names = {"-c", "--config"},
              required = true,
              paramLabel = "FILE",
              description = "Map as the switch with this configuration.")
          Path file,
      @Option(names = "--json", description = "Print the answer as one JSON object.") boolean json,
      @Parameters(paramLabel = "O/R ADDRESS", description = "Such as S=Bob; P=BRAVO; A=; C=XX.")
          String address)
      throws ConfigurationException, IOException, CommandFailed {
    try {
      Mapped<Mailbox> mapped = mapper(file).toRfc822(read(address));
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
