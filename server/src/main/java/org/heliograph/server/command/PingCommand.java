package org.heliograph.server.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.json.Json;
import org.heliograph.server.peer.Opening;
import org.heliograph.server.peer.Ping;
import org.heliograph.server.peer.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Opens an association with a peer and says what came of it. */
@Command(
    name = "ping",
    description = {
      "Opens an association with a P1 peer, step by step, releases it, and says what was negotiated in"
          + " each layer and how long each step took; or who refused it and what to look at.",
      "It calls from this machine, whether the switch runs or not, and transfers no message."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./heliograph ping -c alpha.conf bravo",
      "Example: ./heliograph ping --peer exercise-mta.conf --octets",
      "A peer file is what ./heliograph interop --example prints."
    })
@SuppressWarnings("NullAway.Init")
final class PingCommand implements Callable<Integer> {
  @Mixin private PeerOptions which;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long each step may take (${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--octets", description = "Show every PDU that passed, decoded.")
  private boolean octets;

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigurationException, CommandFailed {
    if (timeout < 1 || timeout > 3600) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--timeout is 1 to 3600 seconds");
    }
    List<Map<String, Object>> answers = new ArrayList<>();
    boolean good = false;
    for (Target target : which.targets()) {
      Ping ping = Ping.of(Opening.of(target), Duration.ofSeconds(timeout));
      if (json) {
        answers.add(object(target, ping));
      } else {
        print(target, ping);
      }
      good = ping.good();
      if (good) {
        break;
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(Map.of("good", good, "tries", answers)));
    }
    return good ? 0 : 1;
  }

  private void print(Target target, Ping ping) {
    var out = spec.commandLine().getOut();
    out.println(target.name() + " at " + target.address() + ", " + mode(target) + " mode");
    for (Ping.Step step : ping.steps()) {
      out.println(
          String.format(Locale.ROOT, "  %9.3f ms  %s", step.micros() / 1000.0, step.name()));
    }
    ping.negotiated().forEach((layer, what) -> out.println("  " + layer + ": " + what));
    if (octets) {
      ping.pdus()
          .forEach(
              pdu -> {
                out.println("  " + pdu.line());
                pdu.tree().lines().forEach(line -> out.println("      " + line));
              });
    }
    out.println(
        ping.problem()
            .map(p -> "NOT associated, " + p.layer() + ": " + p.text())
            .orElse("associated and released"));
  }

  private static String mode(Target target) {
    return switch (target.mode()) {
      case NORMAL -> "normal";
      case X410_12 -> "X.410-1984 (application protocol 12)";
      case X410_1 -> "X.410-1984 (application protocol 1)";
    };
  }

  private Map<String, Object> object(Target target, Ping ping) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("peer", target.name());
    object.put("address", target.address().toString());
    object.put("mode", target.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    object.put("good", ping.good());
    object.put(
        "steps",
        ping.steps().stream()
            .map(s -> Map.<String, Object>of("step", s.name(), "micros", s.micros()))
            .toList());
    object.put("negotiated", ping.negotiated());
    ping.problem()
        .ifPresent(p -> object.put("problem", Map.of("layer", p.layer(), "text", p.text())));
    if (octets) {
      object.put(
          "pdus", ping.pdus().stream().map(org.heliograph.server.dissect.Pdu::line).toList());
    }
    return object;
  }
}
