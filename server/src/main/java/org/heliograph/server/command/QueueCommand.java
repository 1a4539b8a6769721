package org.heliograph.server.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Precedence;
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
    synopsisSubcommandLabel = "list|show|retry|hold|release|reroute|minimize",
    footer = {"", "Example: ./heliograph queue list -c alpha.conf"})
@SuppressWarnings("NullAway.Init")
final class QueueCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what: list, show, retry, hold, release, reroute or minimize");
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
      @Option(
              names = "--as",
              paramLabel = "OFFICE",
              description =
                  "In whose name, for what another office holds, such as \"security officer\".")
          Optional<String> office,
      @Parameters(paramLabel = "MESSAGE", description = "Its number here.") String message)
      throws IOException, ConfigurationException {
    return order(target, message, "release", office.map(o -> Map.of("as", o)).orElse(Map.of()));
  }

  @Command(
      name = "reroute",
      description =
          "Decides by today's routes about what waits, and shows the plans before and after. Without"
              + " --act it only says what would change.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph queue reroute -c alpha.conf --peer bravo",
        "         ./heliograph queue reroute -c alpha.conf --act M1A"
      })
  int reroute(
      @Mixin SwitchOptions target,
      @Option(names = "--peer", paramLabel = "PEER", description = "All that waits for this peer.")
          Optional<String> peer,
      @Option(names = "--act", description = "Do it.") boolean act,
      @Parameters(paramLabel = "MESSAGE", arity = "0..1", description = "Its number here.")
          Optional<String> message)
      throws IOException, ConfigurationException {
    if (peer.isPresent() == message.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say either a message or --peer PEER");
    }
    Map<String, String> parameters = new HashMap<>();
    parameters.put("who", System.getProperty("user.name", "operator"));
    parameters.put("act", Boolean.toString(act));
    peer.ifPresent(p -> parameters.put("peer", p));
    message.ifPresent(m -> parameters.put("message", m));
    Map<String, Object> answer = target.client().post("/reroute", parameters);
    Printed.print(
        spec, answer, target.json(), "rerouted", "message", "address", "before", "after", "moved");
    return 0;
  }

  @Command(
      name = "minimize",
      description =
          "Holds back everything below a precedence for a while, for one peer or for all; shows"
              + " what stands if it is told nothing.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph queue minimize -c alpha.conf --level immediate --for 2h --peer bravo",
        "         ./heliograph queue minimize -c alpha.conf --end --peer bravo"
      })
  int minimize(
      @Mixin SwitchOptions target,
      @Option(
              names = "--level",
              paramLabel = "PRECEDENCE",
              description = "The lowest that is still sent: ${COMPLETION-CANDIDATES}.")
          Optional<Precedence> level,
      @Option(names = "--peer", paramLabel = "PEER", description = "Only to this peer.")
          Optional<String> peer,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "1h",
              description = "How long, such as 30m or 2h (${DEFAULT-VALUE}).")
          String time,
      @Option(names = "--end", description = "Ends what was ordered before.") boolean end)
      throws IOException, ConfigurationException {
    if (end == level.isPresent() && (end || level.isPresent())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say either --level or --end, or neither to see what stands");
    }
    Map<String, String> parameters = new HashMap<>();
    parameters.put("who", System.getProperty("user.name", "operator"));
    peer.ifPresent(p -> parameters.put("peer", p));
    level.ifPresent(
        l -> {
          parameters.put("level", l.name());
          parameters.put("until", Instant.now().plus(duration(time)).toString());
        });
    Map<String, Object> answer =
        end || level.isPresent()
            ? target.client().post("/minimize", parameters)
            : target.client().get("/minimize", Map.of());
    Printed.print(spec, answer, target.json(), "minimized", "peer", "level", "until");
    return 0;
  }

  private Duration duration(String text) {
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--for is a number and s, m, h or d; not '" + text + "'");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
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
