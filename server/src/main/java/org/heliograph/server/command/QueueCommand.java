package org.heliograph.server.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.server.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the queue of a running switch and acts on it. */
@Command(
    name = "queue",
    description = "Looks at the queue of a running switch and acts on it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|show|retry|hold|release",
    footer = {"", "Example: ./heliograph queue list -c alpha.conf"})
@SuppressWarnings("NullAway.Init")
final class QueueCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what: list, show, retry, hold or release");
  }

  @Command(
      name = "list",
      description = "Lists what waits, most urgent first.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./heliograph queue list -c alpha.conf --peer bravo"})
  int list(
      @Mixin SwitchOptions target,
      @Option(names = "--peer", paramLabel = "PEER", description = "Only for this peer.")
          Optional<String> peer,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "At most so many (${DEFAULT-VALUE}).")
          int limit)
      throws IOException, ConfigurationException {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("limit", Integer.toString(limit));
    peer.ifPresent(p -> parameters.put("peer", p));
    Map<String, Object> answer = target.client().get("/queue", parameters);
    Printed.print(
        spec,
        answer,
        target.json(),
        "messages",
        "message",
        "state",
        "precedence",
        "octets",
        "attempts",
        "peer",
        "channel",
        "due",
        "recipients",
        "why");
    return 0;
  }

  @Command(
      name = "show",
      description =
          "Shows a message: its envelope, recipients, plans and states. Never its content.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./heliograph queue show -c alpha.conf M1A"})
  int show(
      @Mixin SwitchOptions target,
      @Parameters(paramLabel = "MESSAGE", description = "Its number here.") String message)
      throws IOException, ConfigurationException {
    Printed.print(spec, target.client().get("/queue/" + message, Map.of()), target.json());
    return 0;
  }

  @Command(
      name = "retry",
      description = "Tries a message again at once.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./heliograph queue retry -c alpha.conf M1A"})
  int retry(
      @Mixin SwitchOptions target,
      @Parameters(paramLabel = "MESSAGE", description = "Its number here.") String message)
      throws IOException, ConfigurationException {
    return order(target, message, "retry", Map.of());
  }

  @Command(
      name = "hold",
      description = "Keeps a message until somebody releases it.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph queue hold -c alpha.conf --why \"asked by duty officer\" M1A"
      })
  int hold(
      @Mixin SwitchOptions target,
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              defaultValue = "held by the operator",
              description = "Kept with the message and in the audit journal.")
          String why,
      @Parameters(paramLabel = "MESSAGE", description = "Its number here.") String message)
      throws IOException, ConfigurationException {
    return order(target, message, "hold", Map.of("why", why));
  }

  @Command(
      name = "release",
      description = "Lets a held message go on.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./heliograph queue release -c alpha.conf M1A"})
  int release(
      @Mixin SwitchOptions target,
      @Parameters(paramLabel = "MESSAGE", description = "Its number here.") String message)
      throws IOException, ConfigurationException {
    return order(target, message, "release", Map.of());
  }

  private int order(SwitchOptions target, String message, String act, Map<String, String> more)
      throws IOException, ConfigurationException {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("who", System.getProperty("user.name", "operator"));
    Map<String, Object> answer = target.client().post("/queue/" + message + "/" + act, parameters);
    Printed.print(spec, answer, target.json());
    return 0;
  }
}
